import type { help as english } from "../en/help.ts";

export const help: Readonly<Record<keyof typeof english, string>> = {
  about: "SystemHealer 从分布式系统的 KPI 指标中学习故障，并诊断新的故障。",
  "about-version": "显示版本。",
  "about-help": "显示帮助。",
  "about-exit-codes": `退出码：
  0    完成
  1    意外错误
  2    用法错误
  3    输入文件不可用（见问题列表）
  4    未登录或没有权限
  5    不存在，或与当前状态冲突
  6    运行失败或被取消，或训练未成功
  7    地址无法访问
  130  被中断（Ctrl-C）
  141  标准输出的读取方已退出
  143  被要求结束`,
  "title-Usage": "用法：",
  "title-Arguments": "参数：",
  "title-Options": "选项：",
  "title-Global-Options": "全局选项：",
  "title-Commands": "命令：",
  "help-required": "必填",
  "help-choices": "可选值：{choices}",
  "help-default": "默认：{default}",
  "help-environment": "没有终端时，读取 SYSTEMHEALER_EMAIL 和 SYSTEMHEALER_PASSWORD。",
  "usage-unknown-command": "没有命令 {first}。",
  "usage-unknown-option": "没有选项 {first}。",
  "usage-option-needed": "需要选项 {first}。",
  "usage-option-value-missing": "选项 {first} 需要一个值。",
  "usage-argument-needed": "需要参数 <{first}>。",
  "usage-too-many-arguments": "{first} 的参数过多：{rest}。",
  "usage-value-invalid": "{first}：不能为 {second}，应为 {rest} 之一。",
  "usage-did-you-mean": "是否想用 {first}？",
  "option-json": "在标准输出上只打印一个 JSON 对象。",
  "option-lang": "语句的语言（默认取自 LANG）。",
};
