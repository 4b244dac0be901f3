import { useTranslation } from "react-i18next";
import { useFormats } from "../../i18n/use-formats.ts";
import { useSpokenClass } from "./use-spoken-class.ts";
import type { Verdict } from "./verdict.ts";

/** The sentences of a verdict. */
export function useVerdictText(): (verdict: Verdict) => readonly string[] {
  const { t } = useTranslation();
  const { percent } = useFormats();
  const spoken = useSpokenClass();
  return ({ key, classes, unknown, isUnsure }) => {
    const [first, second] = classes;
    const named = classes.map(({ name, share }) => t("diagnosis.named", { name: spoken(name), share: percent(share) }));
    const parameters = {
      name: spoken(first?.name ?? ""),
      share: percent(first?.share ?? 0),
      second: second ? t("diagnosis.named", { name: spoken(second.name), share: percent(second.share) }) : "",
      list: named.join(t("common.comma")),
    };
    const isAlone = key === "most" && !second;
    return [
      t(`diagnosis.verdict.${isAlone ? "mostAlone" : key}`, parameters),
      unknown > 0 && key !== "mostlyUnknown" ? t("diagnosis.someUnknown", { share: percent(unknown) }) : "",
      isUnsure ? t("diagnosis.unsure") : "",
    ].filter((sentence) => sentence !== "");
  };
}
