import { useTranslation } from "react-i18next";
import { useFormats } from "../../i18n/use-formats.ts";
import { useLists } from "../../i18n/use-lists.ts";
import { useSettingTexts } from "../../i18n/use-setting-texts.ts";
import type { SettingValue } from "./settings-rows.ts";

/** A setting's value in words. */
export function useSettingValue(): (value: SettingValue | undefined) => string {
  const { t } = useTranslation();
  const lists = useLists();
  const formats = useFormats();
  const { option } = useSettingTexts();
  const inWords = (value: SettingValue | undefined): string => {
    if (value === undefined) return t("common.none");
    if (typeof value === "boolean") return t(value ? "common.yes" : "common.no");
    if (typeof value === "number") return Number.isInteger(value) ? String(value) : formats.number(value);
    return typeof value === "string" ? option(value) : lists.names(value.map(inWords));
  };
  return inWords;
}
