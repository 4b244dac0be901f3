import { formatCount, withoutStop } from "./format.ts";
import type { Texts } from "./texts.ts";

export const zh: Texts = {
  help: `在本机运行 SystemHealer 的整个系统，仅监听回环地址。

  npm start -- [选项]

  --port N      API 端口；S3 和其他服务使用其后的两个端口（4400）；
                被占用时使用之后的空闲端口
  --data DIR    所有数据的存放位置（.systemhealer）
  --no-sample   首次启动时不加载模拟样本
  --help        显示本说明
`,
  building: "正在构建函数、门户和模板……",
  ready: ({ seconds, url, s3, services, data, email, password }) => `
SystemHealer 已就绪，用时 ${seconds} 秒。

  门户      ${url}
  API       ${url}    客户端设置：${url}/config.json
  S3        ${s3}
  其他服务  ${services}
  数据      ${data}

  登录      ${email}
  密码      ${password}
  终端      npx systemhealer login ${url}

  按 Ctrl+C 停止。
`,
  loadingSample: "正在加载样本。样本文件来自模拟器，并非真实系统的数据。",
  sampleNotLoaded: (reason) => `  样本未能加载：${withoutStop(reason)}。下次启动时会重试。`,
  stopping: "\n正在停止……",
  stopped: "已停止。",
  portInvalid: (found) => `--port 应为 0 到 65000 之间的整数，而不是 ${found}`,
  words: { training: "训练", diagnosis: "诊断" },
  stages: {
    sending: "发送中",
    queued: "等待中",
    uploading: "接收中",
    validating: "检查中",
    reading: "读取文件",
    preparing: "准备数据",
    fitting: "学习中",
    evaluating: "评估中",
    checking: "核对模型",
    registering: "登记模型",
    clustering: "聚类中",
    adapting: "适应模型",
    ready: "就绪",
    rejected: "被拒绝",
    diagnosing: "诊断中",
    merging: "合并结果",
  },
  sampleName: (purpose) => (purpose === "training" ? "模拟训练样本" : "模拟诊断样本"),
  fileReady: (rows, kpis) => `${formatCount(rows)} 行，${formatCount(kpis)} 个指标，模拟数据`,
  fileRejected: (fileName) => `${fileName} 未能成为数据集`,
  trained: (accuracy, macroF1) => `在从未见过的行上：准确率 ${accuracy}，macro-F1 ${macroF1}`,
  diagnosed: (rows, counts, accuracy) =>
    `${formatCount(rows)} 行（${counts}）${accuracy === undefined ? "" : `；其中 ${accuracy} 正确`}`,
  ended: (what, status) => `${what}已结束：${status}`,
  failed: (what, reason) => `${what}失败：${reason}`,
  tookTooLong: "用时超过半小时",
};
