import type { Language } from "./message.ts";

type Words = Readonly<Record<string, string>>;

const reasons: Readonly<Record<Language, Words>> = {
  en: {
    // Why a data set cannot be learned from.
    "no-labels": "no column holds the fault class",
    "no-informative-features": "none of its {features} {features, KPI|KPIs} ever changes; they are constant or empty",
    "one-class-only": "after repeated rows are dropped, only one fault class is left; at least two are needed",
    "too-few-rows":
      "after repeated rows are dropped (numbers count to seven digits), {rows} {rows, row is|rows are} left; the rows have to be divided into training, validation and test",
    "too-few-windows":
      "its {rows} {rows, row|rows} cannot be divided into stretches of time for training, validation and test, of three windows of {window} rows at least; bring more rows of each class, or take a shorter window",
    "too-many-columns":
      "{columns} KPIs are too many for the imputer {imputer}, which takes {most} at most; take another one, or keep fewer KPIs",
    "cluster-too-few-rows": "its {rows} {rows, row is|rows are} too few to group",
    "cluster-no-informative-features": "none of its {features} {features, KPI|KPIs} ever changes",
    "cluster-too-many-clusters": "it has {rows} {rows, row|rows}, fewer than the groups that are wanted",
    "adapt-too-few-rows":
      "its {rows} {rows, row is|rows are} too few to tell what their environment is like; at least {least} are needed",
    "adapt-no-usable-columns":
      "none of its KPIs that the model knows both varies and tells the model's classes apart (which takes three training rows of a class)",
    "adapt-contradicting-labels":
      "{rows} labelled {rows, row is|rows are} the same as an earlier one but of another class (number and class of both rows: {pairs})",
    "shards-incomplete": "{found} of {expected} rows {found, was|were} diagnosed",
    "not-ready": "it was not ready, or gone, when its turn came",
    // Why a model cannot be used.
    "not-onnx": "the file is no ONNX model that can be read",
    "no-card": "it was not written by SystemHealer",
    "unknown-card": "its card is damaged or of another version",
    "wrong-shape": "its inputs and outputs are not those that its card tells",
    "foreign-parts": "it holds parts that SystemHealer does not write",
    "bad-probabilities": "its answers are no probabilities",
    "adapt-no-sample": "it carries no training rows to adapt it from",
    "artefact-missing": "{name} is missing",
    "artefact-changed": "{name} is not the file that was written",
    // How a worker ended.
    killed: "killed by the system, exit code {exitCode}",
    "exit-code": "exit code {exitCode}",
  },
  zh: {
    "no-labels": "没有表示故障类别的列",
    "no-informative-features": "全部 {features} 个指标都没有变化（为常量或为空）",
    "one-class-only": "去除重复行后只剩一个故障类别，至少需要两个",
    "too-few-rows": "去除重复行后（数值按七位有效数字比较）只剩 {rows} 行，不足以划分训练集、验证集和测试集",
    "too-few-windows":
      "{rows} 行数据无法按时间划分为训练段、验证段和测试段（每段至少三个 {window} 行的窗口）；请为每个类别提供更多的行，或缩短窗口",
    "too-many-columns":
      "{columns} 个指标对插补方法 {imputer} 来说太多（最多 {most} 个）；请换用其他方法，或减少保留的指标",
    "cluster-too-few-rows": "{rows} 行数据太少，无法分组",
    "cluster-no-informative-features": "全部 {features} 个指标都没有变化",
    "cluster-too-many-clusters": "只有 {rows} 行，少于所要的分组数",
    "adapt-too-few-rows": "{rows} 行太少，无法了解其环境，至少需要 {least} 行",
    "adapt-no-usable-columns": "模型认识的指标中，没有一个既有变化又能区分模型的类别（每类至少三行训练数据）",
    "adapt-contradicting-labels": "{rows} 行带标签的数据与前面的某行相同，类别却不同（两行的行号与类别：{pairs}）",
    "shards-incomplete": "{expected} 行中只诊断了 {found} 行",
    "not-ready": "轮到它时尚未就绪或已被删除",
    "not-onnx": "文件不是可读取的 ONNX 模型",
    "no-card": "该文件不是由 SystemHealer 写出的",
    "unknown-card": "模型卡已损坏或版本不同",
    "wrong-shape": "输入和输出与模型卡所述不符",
    "foreign-parts": "其中含有 SystemHealer 不会写出的内容",
    "bad-probabilities": "其输出不是概率",
    "adapt-no-sample": "其中没有可供适应的训练行",
    "artefact-missing": "缺少 {name}",
    "artefact-changed": "{name} 不是当初写出的文件",
    killed: "被系统终止，退出码 {exitCode}",
    "exit-code": "退出码 {exitCode}",
  },
};

const statuses: Readonly<Record<Language, Words>> = {
  en: {
    uploading: "being uploaded",
    validating: "being checked",
    ready: "ready",
    rejected: "rejected",
    queued: "waiting",
    running: "running",
    succeeded: "succeeded",
    failed: "failed",
    cancelled: "cancelled",
  },
  zh: {
    uploading: "上传中",
    validating: "检查中",
    ready: "就绪",
    rejected: "被拒绝",
    queued: "等待中",
    running: "运行中",
    succeeded: "成功",
    failed: "失败",
    cancelled: "已取消",
  },
};

const roles: Readonly<Record<Language, Words>> = {
  en: { viewer: "viewer", operator: "operator", admin: "administrator" },
  zh: { viewer: "查看者", operator: "操作员", admin: "管理员" },
};

const vocabularies: Readonly<Record<string, Readonly<Record<Language, Words>>>> = {
  reason: reasons,
  status: statuses,
  wanted: statuses,
  needed: roles,
  held: roles,
};

/**
 * The words of a parameter that is itself a code, such as a status or a reason; `{name}` stands for a parameter.
 * @returns undefined where the parameter's value is no such code
 */
export function wordsOf(parameter: string, value: string, language: Language): string | undefined {
  if (!Object.hasOwn(vocabularies, parameter)) return undefined;
  const words = vocabularies[parameter]?.[language] ?? {};
  return Object.hasOwn(words, value) ? words[value] : undefined;
}

/** Codes that have words, of each vocabulary. */
export const codesWithWords: Readonly<Record<string, readonly string[]>> = Object.fromEntries(
  Object.entries(vocabularies).map(([parameter, { en }]) => [parameter, Object.keys(en)]),
);

/** Where a finding is: the header is row 0. */
export function placeOf(row: string | number | undefined, language: Language): string {
  if (row === 0) return language === "zh" ? "表头" : "Header";
  return language === "zh" ? `第 ${row ?? "?"} 行` : `Row ${row ?? "?"}`;
}
