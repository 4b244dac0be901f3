import FormField from "@cloudscape-design/components/form-field";
import Input from "@cloudscape-design/components/input";
import Select from "@cloudscape-design/components/select";
import Toggle from "@cloudscape-design/components/toggle";
import { useTranslation } from "react-i18next";
import { useFormats } from "../../i18n/use-formats.ts";
import { useSettingTexts } from "../../i18n/use-setting-texts.ts";
import type { SettingsField } from "./settings-fields.ts";
import { problemOf, type SettingsEntries } from "./settings-form.ts";

export interface SettingFieldProps {
  readonly field: SettingsField;
  readonly entries: SettingsEntries;
  /** With the entry of this field changed. */
  readonly onChange: (entries: SettingsEntries) => void;
}

/** A field for one setting, with its range and what it does. */
export function SettingField({ field, entries, onChange }: SettingFieldProps) {
  const { t } = useTranslation();
  const entry = entries[field.name] ?? "";
  const change = (value: string | boolean) => onChange({ ...entries, [field.name]: value });
  const texts = useFieldTexts(field);
  const problem = problemOf(field, entry);
  return (
    <FormField
      label={texts.label}
      description={texts.help}
      constraintText={texts.constraint}
      errorText={problem && t(`train.${problem}`, texts.range)}
    >
      {field.kind === "switch" && (
        <Toggle checked={entry === true} onChange={({ detail }) => change(detail.checked)}>
          {t(entry === true ? "common.yes" : "common.no")}
        </Toggle>
      )}
      {field.kind === "choice" && (
        <Select
          selectedOption={{ value: String(entry), label: texts.option(String(entry)) }}
          options={field.options.map((value) => ({ value, label: texts.option(value) }))}
          onChange={({ detail }) => change(detail.selectedOption.value ?? "")}
        />
      )}
      {(field.kind === "number" || field.kind === "numbers") && (
        <Input
          value={String(entry)}
          inputMode={field.kind === "number" ? "decimal" : "text"}
          onChange={({ detail }) => change(detail.value)}
        />
      )}
    </FormField>
  );
}

function useFieldTexts(field: SettingsField) {
  const { t } = useTranslation();
  const { field: nameOf, help, option } = useSettingTexts();
  const formats = useFormats();
  const figure = (value: number) => (Number.isInteger(value) ? formats.integer(value) : formats.number(value));
  const range = "min" in field && {
    min: figure(field.min),
    max: figure(field.max),
    number: figure("maxItems" in field ? field.maxItems : 1),
  };
  const fallback = t("train.default", {
    value:
      field.kind === "choice"
        ? option(field.value)
        : field.kind === "switch"
          ? t(field.value ? "common.yes" : "common.no")
          : [field.value].flat().map(figure).join(", "),
  });
  const rangeText =
    range && t(field.kind === "numbers" ? "train.listRange" : field.whole ? "train.wholeRange" : "train.range", range);
  return {
    label: nameOf(field.name),
    help: help(field.name),
    range: range || { min: "", max: "" },
    constraint: [rangeText, fallback].filter(Boolean).join(" · "),
    option,
  };
}
