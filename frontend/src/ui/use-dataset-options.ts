import type { DatasetView } from "@systemhealer/contract/dataset";
import { visible } from "@systemhealer/contract/visible";
import { useTranslation } from "react-i18next";
import { useFormats } from "../i18n/use-formats.ts";

export interface DatasetOption {
  readonly value: string;
  readonly label: string;
  readonly description: string;
}

/** Data sets as entries of a list to choose from, in their order. */
export function useDatasetOptions(): (datasets: readonly DatasetView[]) => DatasetOption[] {
  const { t } = useTranslation();
  const formats = useFormats();
  return (datasets) =>
    datasets.map(({ datasetId, name, purpose, sizeBytes, createdAt }) => ({
      value: datasetId,
      label: visible(name),
      description: `${t(`data.purpose.${purpose}`)} · ${formats.bytes(sizeBytes)} · ${formats.time(createdAt)}`,
    }));
}
