import { chooseLanguage, type Language } from "@systemhealer/contract/messages/message";
import i18next from "i18next";
import { initReactI18next, useTranslation } from "react-i18next";
import { readStored, writeStored } from "../lib/storage.ts";
import type { Catalogue } from "./catalogue.ts";

/** BCP 47 tags of the languages. */
export const localeOf: Readonly<Record<Language, string>> = { en: "en", zh: "zh-CN" };

/** Only the language that is read is fetched. */
const catalogues: Readonly<Record<Language, () => Promise<Catalogue>>> = {
  en: async () => (await import("./en.ts")).en,
  zh: async () => (await import("./zh.ts")).zh,
};

/** The kept choice, else the first of the browser's languages that there is. */
export async function startLanguage(): Promise<void> {
  const kept = readStored<Language>("language");
  const lng = kept === "en" || kept === "zh" ? kept : chooseLanguage(navigator.languages.join(","));
  await i18next.use(initReactI18next).init({
    lng,
    resources: { [lng]: { translation: await catalogues[lng]() } },
    interpolation: { escapeValue: false },
  });
  document.documentElement.lang = localeOf[lng];
}

/** @throws TypeError where the texts cannot be fetched; the language is then the former one still */
export async function setLanguage(language: Language): Promise<void> {
  if (!i18next.hasResourceBundle(language, "translation")) {
    i18next.addResourceBundle(language, "translation", await catalogues[language]());
  }
  writeStored("language", language);
  document.documentElement.lang = localeOf[language];
  await i18next.changeLanguage(language);
}

export function currentLanguage(): Language {
  return i18next.language === "zh" ? "zh" : "en";
}

/** Redraws on a change of the language. */
export function useLanguage(): Language {
  const { i18n } = useTranslation();
  return i18n.language === "zh" ? "zh" : "en";
}
