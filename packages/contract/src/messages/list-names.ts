import type { Language } from "./message.ts";

/** Names as they are listed within a sentence. @param most that are named; an ellipsis stands for what is left */
export function listNames(names: readonly string[], language: Language, most = names.length): string {
  const named = names.slice(0, most).join(language === "zh" ? "、" : ", ");
  return names.length > most ? `${named} …` : named;
}
