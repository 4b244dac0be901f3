import { currentLanguage } from "./language.ts";

/** Sentences one after the other; Chinese has no space between them. What is not said is left out. */
export function inSequence(sentences: readonly (string | false | undefined)[]): string {
  return sentences.filter(Boolean).join(currentLanguage() === "zh" ? "" : " ");
}
