import type { Language } from "@systemhealer/contract/messages/message";
import { pluralForm } from "@systemhealer/contract/messages/plural";
import { visible } from "@systemhealer/contract/visible";
import { en, type TextCode } from "./en.ts";
import { zh } from "./zh.ts";

export type { TextCode } from "./en.ts";
export type TextParameters = Readonly<Record<string, string | number | undefined>>;

const catalogues: Readonly<Record<Language, Readonly<Record<TextCode, string>>>> = { en, zh };

/** The command's own sentence of a code; `{name}` stands for a parameter, `{name, one|other}` for the word that goes with it. */
export function text(code: TextCode, parameters: TextParameters, language: Language): string {
  const catalogue = catalogues[language];
  return catalogue[code].replace(/\{(\w+)(?:, ([^{}]*))?\}/g, (_, name: string, forms?: string) => {
    const value = String(parameters[name] ?? "?");
    if (forms !== undefined) return pluralForm(value, forms);
    return name === "reason" && isReason(value) ? catalogue[`reason-${value}`] : visible(value);
  });
}

type WordOf<Code> = Code extends `reason-${infer Word}` ? Word : never;
type Reason = WordOf<TextCode>;

/** Whether a reason is a word of the system or of the user pool, such as ENOSPC, that has words of its own. */
function isReason(value: string): value is Reason {
  return Object.hasOwn(en, `reason-${value}`);
}
