import type { z } from "zod";
import { shapeInWords } from "./id-shapes.ts";
import type { Language } from "./message.ts";

/** The sentences of what a schema finds wrong: `schema.safeParse(value, { error: issueMessages("zh") })`. */
export function issueMessages(language: Language): z.core.$ZodErrorMap {
  const say = sentences[language];
  return (issue) => say(issue);
}

type Say = (issue: z.core.$ZodRawIssue) => string;

const kinds: Readonly<Record<Language, Readonly<Record<string, string>>>> = {
  en: {
    array: "a list",
    boolean: "true or false",
    int: "a whole number",
    null: "null",
    number: "a number",
    object: "an object",
    record: "an object",
    string: "a text",
    undefined: "nothing",
  },
  zh: {
    array: "列表",
    boolean: "true 或 false",
    int: "整数",
    null: "空值",
    number: "数字",
    object: "对象",
    record: "对象",
    string: "文本",
    undefined: "无内容",
  },
};

const formats: Readonly<Record<Language, Readonly<Record<string, string>>>> = {
  en: { datetime: "a time such as 2026-01-31T12:00:00Z", email: "an e-mail address", url: "an address" },
  zh: { datetime: "时间，例如 2026-01-31T12:00:00Z", email: "电子邮件地址", url: "网址" },
};

/** What a size counts, by what has it; a bare number counts nothing. */
const units: Readonly<Record<Language, Readonly<Record<string, string>>>> = {
  en: { string: " characters", array: " entries", set: " entries", map: " entries", object: " entries" },
  zh: { string: " 个字符", array: " 项", set: " 项", map: " 项", object: " 项" },
};

function kindOf(value: unknown): string {
  if (value === null) return "null";
  if (Array.isArray(value)) return "array";
  return typeof value;
}

const quoted = (values: readonly unknown[]) => values.map((value) => JSON.stringify(value)).join(", ");

function english(issue: z.core.$ZodRawIssue): string {
  const kind = (name: string) => kinds.en[name] ?? name;
  const unit = units.en[String(issue.origin)] ?? "";
  switch (issue.code) {
    case "invalid_type":
      return issue.input === undefined
        ? `is missing; ${kind(issue.expected)} is expected`
        : `${kind(issue.expected)} is expected, found ${numberInWords(issue.input) ?? kind(kindOf(issue.input))}`;
    case "invalid_value":
      return `expected ${issue.values.length === 1 ? "" : "one of "}${quoted(issue.values)}`;
    case "too_big":
      return `${issue.inclusive === false ? "less than" : "at most"} ${issue.maximum}${unit} expected`;
    case "too_small":
      return `${issue.inclusive === false ? "more than" : "at least"} ${issue.minimum}${unit} expected`;
    case "invalid_format":
      return `expected ${shapeInWords(issue.pattern, "en") ?? formats.en[issue.format] ?? "another form"}`;
    case "not_multiple_of":
      return `expected a multiple of ${issue.divisor}`;
    case "unrecognized_keys":
      return `unknown: ${quoted(issue.keys)}`;
    case "invalid_union":
      return "fits none of what is possible here";
    case "custom":
      return issue.message ?? "is not as expected";
    default:
      return "is not as expected";
  }
}

function chinese(issue: z.core.$ZodRawIssue): string {
  const kind = (name: string) => kinds.zh[name] ?? name;
  const unit = units.zh[String(issue.origin)] ?? "";
  switch (issue.code) {
    case "invalid_type":
      return issue.input === undefined
        ? `缺失，应为${kind(issue.expected)}`
        : `应为${kind(issue.expected)}，实际为${numberInWords(issue.input) ?? kind(kindOf(issue.input))}`;
    case "invalid_value":
      return `应为${issue.values.length === 1 ? "" : "以下之一："}${quoted(issue.values)}`;
    case "too_big":
      return `${issue.inclusive === false ? "应小于" : "最多"} ${issue.maximum}${unit}`;
    case "too_small":
      return `${issue.inclusive === false ? "应大于" : "至少"} ${issue.minimum}${unit}`;
    case "invalid_format":
      return `应为${shapeInWords(issue.pattern, "zh") ?? formats.zh[issue.format] ?? "其他格式"}`;
    case "not_multiple_of":
      return `应为 ${issue.divisor} 的倍数`;
    case "unrecognized_keys":
      return `未知的键：${quoted(issue.keys)}`;
    case "invalid_union":
      return "不符合任何允许的形式";
    case "custom":
      return issue.message ?? "不符合要求";
    default:
      return "不符合要求";
  }
}

/** Numbers that are none to a schema. */
function numberInWords(value: unknown): string | undefined {
  return typeof value === "number" && !Number.isFinite(value) ? String(value) : undefined;
}

const sentences: Readonly<Record<Language, Say>> = { en: english, zh: chinese };
