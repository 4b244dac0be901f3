import ColumnLayout from "@cloudscape-design/components/column-layout";
import Header from "@cloudscape-design/components/header";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useTranslation } from "react-i18next";
import { SettingField } from "./SettingField.tsx";
import { isQuickField, settingsFields } from "./settings-fields.ts";
import { learnerOf, type SettingsEntries } from "./settings-form.ts";

export interface SettingsFormProps {
  readonly entries: SettingsEntries;
  readonly onChange: (entries: SettingsEntries) => void;
}

/** A field for every setting the API has but those that `LearnerChoice` shows. */
export function SettingsForm({ entries, onChange }: SettingsFormProps) {
  const { t } = useTranslation();
  const fields = settingsFields(learnerOf(entries)).filter((field) => !isQuickField(field));
  const groups = [
    ["learner", t("train.groupLearner")],
    ["split", t("train.groupSplit")],
  ] as const;
  return (
    <SpaceBetween size="l">
      {groups
        .filter(([group]) => fields.some((field) => field.group === group))
        .map(([group, title]) => (
          <SpaceBetween key={group} size="s">
            <Header variant="h3">{title}</Header>
            <ColumnLayout columns={2}>
              {fields
                .filter((field) => field.group === group)
                .map((field) => (
                  <SettingField key={field.name} field={field} entries={entries} onChange={onChange} />
                ))}
            </ColumnLayout>
          </SpaceBetween>
        ))}
    </SpaceBetween>
  );
}
