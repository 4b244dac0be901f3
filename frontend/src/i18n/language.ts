import { chooseLanguage, type Language } from "@systemhealer/contract/messages/message";
import i18next from "i18next";
import { initReactI18next, useTranslation } from "react-i18next";
import { readStored, writeStored } from "../lib/storage.ts";
import { en } from "./en.ts";
import { zh } from "./zh.ts";

/** BCP 47 tags of the languages. */
export const localeOf: Readonly<Record<Language, string>> = { en: "en", zh: "zh-CN" };

/** The kept choice, else the first of the browser's languages that there is. */
export async function startLanguage(): Promise<void> {
  const kept = readStored<Language>("language");
  const lng = kept === "en" || kept === "zh" ? kept : chooseLanguage(navigator.languages.join(","));
  await i18next.use(initReactI18next).init({
    lng,
    fallbackLng: "en",
    resources: { en: { translation: en }, zh: { translation: zh } },
    interpolation: { escapeValue: false },
  });
  document.documentElement.lang = localeOf[lng];
}

export function setLanguage(language: Language): void {
  writeStored("language", language);
  document.documentElement.lang = localeOf[language];
  void i18next.changeLanguage(language);
}

export function currentLanguage(): Language {
  return i18next.language === "zh" ? "zh" : "en";
}

/** Redraws on a change of the language. */
export function useLanguage(): Language {
  const { i18n } = useTranslation();
  return i18n.language === "zh" ? "zh" : "en";
}
