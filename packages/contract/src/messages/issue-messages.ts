import { z } from "zod";
import type { Language } from "./message.ts";

const locales = { en: z.locales.en(), zh: z.locales.zhCN() };

/** The sentences of what a schema finds wrong: `schema.safeParse(value, { error: issueMessages("zh") })`. */
export function issueMessages(language: Language): z.core.$ZodErrorMap {
  return locales[language].localeError;
}
