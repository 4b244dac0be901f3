import type { Failure } from "../failure.ts";
import type { Finding } from "../validation-report.ts";
import { visible } from "../visible.ts";
import { en, type MessageCode } from "./en.ts";
import { pluralForm } from "./plural.ts";
import { placeOf, wordsOf } from "./words.ts";
import { zh } from "./zh.ts";

export const languages = ["en", "zh"] as const;
export type Language = (typeof languages)[number];
export type MessageParameters = Readonly<Record<string, string | number | undefined>>;

const catalogues: Readonly<Record<Language, Readonly<Record<MessageCode, string>>>> = { en, zh };

function isMessageCode(code: string): code is MessageCode {
  return Object.hasOwn(en, code);
}

/**
 * The sentence of a code. A parameter that is itself a code (a status, a role, a reason) is said in words; one that is
 * not given reads "?"; an unknown code is its own sentence. `{place}` is the header or the row. What stands in square
 * brackets is said only where all its parameters are known. `{rows, row|rows}` is the word that goes with the number of rows.
 */
export function message(code: string, parameters: MessageParameters, language: Language): string {
  return isMessageCode(code) ? fill(catalogues[language][code], parameters, language) : code;
}

function fill(template: string, parameters: MessageParameters, language: Language): string {
  const isKnown = (name: string) => (parameters[name] ?? "?") !== "?";
  const said = template.replace(/\[([^\]]*)\]/g, (_, part: string) =>
    [...part.matchAll(/\{(\w+)\}/g)].every(([, name]) => isKnown(name!)) ? part : "",
  );
  return said.replace(/\{(\w+)(?:, ([^{}]*))?\}/g, (_, name: string, forms?: string) => {
    if (forms !== undefined) return pluralForm(parameters[name] ?? "?", forms);
    return name === "place" ? placeOf(parameters.row, language) : visible(wordOrValue(name, parameters, language));
  });
}

function wordOrValue(name: string, parameters: MessageParameters, language: Language): string {
  const value = String(parameters[name] ?? "?");
  const words = wordsOf(name, value, language);
  if (words !== undefined) return fill(words, { ...parameters, [name]: undefined }, language);
  // The reason may be a finding: its sentence then ends within this one.
  if (name !== "reason" || !isMessageCode(value)) return value;
  return message(value, { ...parameters, reason: undefined }, language).replace(/[.。]$/, "");
}

export function findingMessage(finding: Finding, language: Language): string {
  const { code, ...parameters } = finding;
  return message(code, parameters, language);
}

export function failureMessage(failure: Failure, language: Language): string {
  return message(failure.code, failure.parameters, language);
}

/**
 * The language to answer in.
 * @param preference an `Accept-Language` header (RFC 9110, with q-values) or a POSIX locale such as `zh_CN.UTF-8`
 */
export function chooseLanguage(preference: string | undefined): Language {
  const ranked = (preference ?? "")
    .split(",")
    .map((entry, index) => {
      const [tag = "", ...parameters] = entry.trim().toLowerCase().split(";");
      const quality = parameters.map((p) => /^\s*q=([\d.]+)$/.exec(p)?.[1]).find((q) => q !== undefined);
      return { tag, quality: quality === undefined ? 1 : Number(quality), index };
    })
    .filter(({ tag, quality }) => tag !== "" && quality > 0)
    .sort((a, b) => b.quality - a.quality || a.index - b.index);
  for (const { tag } of ranked) {
    const language = languages.find((l) => tag === l || tag.startsWith(`${l}-`) || tag.startsWith(`${l}_`));
    if (language) return language;
  }
  return "en";
}
