import { useTranslation } from "react-i18next";
import { okabeIto } from "../../charts/palette.ts";

/** What a colour of a palette is called by its place. */
export function useSlotName(): (slot: number) => string {
  const { t } = useTranslation();
  return (slot) =>
    slot < okabeIto.light.categories.length ? t("settings.slot", { number: slot + 1 }) : t("settings.unknownSlot");
}
