import Select from "@cloudscape-design/components/select";
import { visible } from "@systemhealer/contract/visible";
import { useTranslation } from "react-i18next";
import { useFormats } from "../../i18n/use-formats.ts";
import { SearchField } from "../../ui/SearchField.tsx";
import "./diagnosis.css";
import { confidenceBounds, confidenceChoices, type ResultFilter } from "./result-filter.ts";

export interface ResultFiltersProps {
  readonly filter: ResultFilter;
  readonly classes: readonly string[];
  /** Whether the result tells unknown rows. */
  readonly hasUnknown: boolean;
  /** Whether the result tells anomalous rows. */
  readonly hasAnomalies: boolean;
  /** What is to be another one; all else stays. */
  readonly onChange: (part: Partial<ResultFilter>) => void;
}

/** Class, confidence, unknown and anomalous rows, and the id of the rows that are wanted. */
export function ResultFilters({ filter, classes, hasUnknown, hasAnomalies, onChange }: ResultFiltersProps) {
  const { t } = useTranslation();
  const { percent } = useFormats();
  const anyText = t("diagnosis.any");
  const classOptions = [
    { value: "", label: anyText },
    ...classes.map((name) => ({ value: name, label: visible(name) })),
  ];
  const bandOptions = confidenceChoices.map((value) => {
    const { min = 0, max = 1 } = confidenceBounds[value];
    return { value, label: value === "any" ? anyText : `${percent(min)} – ${percent(max)}` };
  });
  const unknownOptions = (["any", "unknown", "known"] as const).map((value) => ({
    value,
    label: value === "any" ? anyText : t(`diagnosis.${value}`),
  }));
  const anomalyOptions = (["any", "anomalous", "inconspicuous"] as const).map((value) => ({
    value,
    label: value === "any" ? anyText : t(value === "anomalous" ? "common.yes" : "common.no"),
  }));
  return (
    <div className="result-filters">
      <SearchField label={t("diagnosis.search")} search={filter.search} onChange={(search) => onChange({ search })} />
      <Select
        inlineLabelText={t("diagnosis.diagnosis")}
        selectedOption={classOptions.find(({ value }) => value === filter.className) ?? null}
        options={classOptions}
        expandToViewport
        onChange={({ detail }) => onChange({ className: detail.selectedOption.value ?? "" })}
      />
      {hasUnknown && (
        <Select
          inlineLabelText={t("diagnosis.unknown")}
          selectedOption={unknownOptions.find(({ value }) => value === filter.unknown) ?? null}
          options={unknownOptions}
          expandToViewport
          onChange={({ detail }) => onChange({ unknown: detail.selectedOption.value as ResultFilter["unknown"] })}
        />
      )}
      {hasAnomalies && (
        <Select
          inlineLabelText={t("diagnosis.anomalous")}
          selectedOption={anomalyOptions.find(({ value }) => value === filter.anomalous) ?? null}
          options={anomalyOptions}
          expandToViewport
          onChange={({ detail }) => onChange({ anomalous: detail.selectedOption.value as ResultFilter["anomalous"] })}
        />
      )}
      <Select
        inlineLabelText={t("diagnosis.confidence")}
        selectedOption={bandOptions.find(({ value }) => value === filter.confidence) ?? null}
        options={bandOptions}
        expandToViewport
        onChange={({ detail }) => onChange({ confidence: detail.selectedOption.value as ResultFilter["confidence"] })}
      />
    </div>
  );
}
