import { DatasetId, ModelId, RunId, Sha256, WorkspaceId } from "../ids.ts";
import { PlainLine, PlainText } from "../plain-text.ts";
import type { Language } from "./message.ts";

type Shape = Readonly<Record<Language, string>>;

const example = "01ARZ3NDEKTSV4RRFFQ69G5FAV";

/** What a text must look like, by the pattern that it fails. */
const byPattern = new Map<string, Shape>(
  (
    [
      [DatasetId, { en: `the id of a data set, such as ds-${example}`, zh: `数据集编号，例如 ds-${example}` }],
      [ModelId, { en: `the id of a model, such as mdl-${example}`, zh: `模型编号，例如 mdl-${example}` }],
      [RunId, { en: `the id of a run, such as run-${example}`, zh: `运行编号，例如 run-${example}` }],
      [
        PlainLine,
        {
          en: "a text of one line without control characters and without characters that turn the direction of writing",
          zh: "不含控制字符和书写方向控制符的单行文本",
        },
      ],
      [
        PlainText,
        {
          en: "a text without control characters and without characters that turn the direction of writing",
          zh: "不含控制字符和书写方向控制符的文本",
        },
      ],
      [Sha256, { en: "a SHA-256 in 64 hexadecimal digits", zh: "64 位十六进制的 SHA-256" }],
      [
        WorkspaceId,
        {
          en: "the id of a workspace: 3 to 40 lower-case letters, digits and hyphens",
          zh: "工作区编号：3 至 40 个小写字母、数字或连字符",
        },
      ],
    ] as const
  ).map(([schema, shape]) => [patternOf(schema), shape]),
);

export function shapeInWords(pattern: string | undefined, language: Language): string | undefined {
  return pattern === undefined ? undefined : byPattern.get(pattern)?.[language];
}

function patternOf(schema: typeof DatasetId): string {
  for (const check of schema._zod.def.checks ?? []) {
    const { pattern } = check._zod.def as { readonly pattern?: RegExp };
    if (pattern) return String(pattern);
  }
  throw new Error("an id without a pattern");
}
