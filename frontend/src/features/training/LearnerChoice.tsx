import FormField from "@cloudscape-design/components/form-field";
import Select from "@cloudscape-design/components/select";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useTranslation } from "react-i18next";
import { useSettingTexts } from "../../i18n/use-setting-texts.ts";
import { SettingField } from "./SettingField.tsx";
import type { SettingsFormProps } from "./SettingsForm.tsx";
import { isQuickField, learners, settingsFields } from "./settings-fields.ts";
import { learnerOf, withLearner } from "./settings-form.ts";

/** What learns, in plain words, and how long it may take. */
export function LearnerChoice({ entries, onChange }: SettingsFormProps) {
  const { t } = useTranslation();
  const { option } = useSettingTexts();
  const learner = learnerOf(entries);
  const words = t("train.learners", { returnObjects: true }) as unknown as Readonly<Record<string, string>>;
  const optionOf = (value: string) => ({ value, label: option(value), description: words[value] ?? "" });
  return (
    <SpaceBetween size="l">
      <FormField label={t("train.fields.learner")} description={words[learner]}>
        <Select
          selectedOption={{ value: learner, label: option(learner) }}
          options={learners.map(optionOf)}
          onChange={({ detail }) => onChange(withLearner(entries, detail.selectedOption.value ?? learner))}
        />
      </FormField>
      {settingsFields(learner)
        .filter(isQuickField)
        .map((field) => (
          <SettingField key={field.name} field={field} entries={entries} onChange={onChange} />
        ))}
    </SpaceBetween>
  );
}
