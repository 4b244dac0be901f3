import { visible } from "@systemhealer/contract/visible";
import { useCallback } from "react";
import { useTranslation } from "react-i18next";

/** A class as it stands in a sentence: a mere number is said to be a class. */
export function useSpokenClass(): (name: string) => string {
  const { t } = useTranslation();
  return useCallback((name) => (/^\d+$/.test(name) ? t("diagnosis.classNumber", { name }) : visible(name)), [t]);
}
