import type { Language } from "@systemhealer/contract/messages/message";
import { en, type TextCode } from "./en.ts";
import { zh } from "./zh.ts";

export type { TextCode } from "./en.ts";
export type TextParameters = Readonly<Record<string, string | number | undefined>>;

const catalogues: Readonly<Record<Language, Readonly<Record<TextCode, string>>>> = { en, zh };

/** The command's own sentence of a code; `{name}` stands for a parameter. */
export function text(code: TextCode, parameters: TextParameters, language: Language): string {
  return catalogues[language][code].replace(/\{(\w+)\}/g, (_, name: string) => String(parameters[name] ?? "?"));
}
