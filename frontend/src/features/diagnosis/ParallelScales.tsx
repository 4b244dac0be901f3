import FormField from "@cloudscape-design/components/form-field";
import Select from "@cloudscape-design/components/select";
import { useTranslation } from "react-i18next";
import type { ParallelScale } from "./series/parallel-lines.ts";

export interface ParallelScalesProps {
  readonly scale: ParallelScale;
  readonly onChange: (scale: ParallelScale) => void;
}

/** How the values lie on the axes. */
export function ParallelScales({ scale, onChange }: ParallelScalesProps) {
  const { t } = useTranslation();
  const options = (["ranks", "values"] as const).map((value) => ({ value, label: t(`diagnosis.scale.${value}`) }));
  return (
    <FormField label={t("diagnosis.scale.label")}>
      <Select
        selectedOption={options.find(({ value }) => value === scale) ?? null}
        options={options}
        expandToViewport
        onChange={({ detail }) => onChange(detail.selectedOption.value as ParallelScale)}
      />
    </FormField>
  );
}
