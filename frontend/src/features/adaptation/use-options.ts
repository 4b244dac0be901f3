import type { ModelView } from "@systemhealer/contract/model";
import { visible } from "@systemhealer/contract/visible";
import { useTranslation } from "react-i18next";
import { useFormats } from "../../i18n/use-formats.ts";
import { useDatasetOptions } from "../../ui/use-dataset-options.ts";

/** Models and data sets as entries of a list to choose from. */
export function useOptions() {
  const { t } = useTranslation();
  const formats = useFormats();
  return {
    models: (models: readonly ModelView[]) =>
      models.map(({ modelId, name, macroF1, createdAt }) => ({
        value: modelId as string,
        label: visible(name),
        description: `${t("home.macroF1")} ${formats.number(macroF1)} · ${formats.time(createdAt)}`,
      })),
    datasets: useDatasetOptions(),
  };
}
