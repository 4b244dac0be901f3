import { chooseLanguage, type Language } from "@systemhealer/contract/messages/message";
import i18next from "i18next";
import { initReactI18next, useTranslation } from "react-i18next";
import { noteChoice } from "../lib/preferences.ts";
import { readStored, writeStored } from "../lib/storage.ts";
import type { GuestTexts, MemberTexts } from "./catalogue.ts";
import { shownSafely, wordForms } from "./parameters.ts";

/** BCP 47 tags of the languages. */
export const localeOf: Readonly<Record<Language, string>> = { en: "en", zh: "zh-CN" };

export const languageNames: Readonly<Record<Language, string>> = { en: "English", zh: "简体中文" };

/** Only the language that is read is fetched, and before the sign-in only what is said there. */
const guestTexts: Readonly<Record<Language, () => Promise<GuestTexts>>> = {
  en: async () => (await import("./en/guest.ts")).guest,
  zh: async () => (await import("./zh/guest.ts")).guest,
};
const memberTexts: Readonly<Record<Language, () => Promise<MemberTexts>>> = {
  en: async () => (await import("./en/member.ts")).member,
  zh: async () => (await import("./zh/member.ts")).member,
};
const namespace = "translation";
let isMember = false;
/** Raised by everybody who asks for a language: texts that arrive late are not shown over a later choice. */
let asked = 0;

/** The kept choice, else the first of the browser's languages that there is. */
export async function startLanguage(): Promise<void> {
  const kept = readStored<Language>("language");
  const lng = kept === "en" || kept === "zh" ? kept : chooseLanguage(navigator.languages.join(","));
  await i18next
    .use(initReactI18next)
    .use(wordForms)
    .init({
      lng,
      resources: { [lng]: { [namespace]: await guestTexts[lng]() } },
      interpolation: shownSafely,
    });
  document.documentElement.lang = localeOf[lng];
}

/** Has the texts of the pages behind the sign-in, in the language that is read and any read later. */
export async function loadMemberTexts(): Promise<void> {
  await addMemberTexts(currentLanguage());
  isMember = true;
}

/** A person's choice. @throws TypeError where the texts cannot be fetched; the language is then the former one still */
export async function setLanguage(language: Language): Promise<void> {
  if (await showLanguage(language)) noteChoice({ language });
}

/** @returns false where another language was asked for meanwhile @throws as `setLanguage` */
export async function showLanguage(language: Language): Promise<boolean> {
  asked += 1;
  const turn = asked;
  if (!i18next.hasResourceBundle(language, namespace)) {
    i18next.addResourceBundle(language, namespace, await guestTexts[language]());
  }
  if (isMember) await addMemberTexts(language);
  if (turn !== asked) return false;
  writeStored("language", language);
  document.documentElement.lang = localeOf[language];
  await i18next.changeLanguage(language);
  return true;
}

async function addMemberTexts(language: Language): Promise<void> {
  if (i18next.exists("home.title", { lng: language })) return;
  const isDeep = true;
  i18next.addResourceBundle(language, namespace, await memberTexts[language](), isDeep);
}

export function currentLanguage(): Language {
  return i18next.language === "zh" ? "zh" : "en";
}

/** Redraws on a change of the language. */
export function useLanguage(): Language {
  const { i18n } = useTranslation();
  return i18n.language === "zh" ? "zh" : "en";
}
