import FormField from "@cloudscape-design/components/form-field";
import Input from "@cloudscape-design/components/input";
import { useTranslation } from "react-i18next";
import { shortName } from "../lib/short-name.ts";

export interface NameFieldProps {
  /** Left out where it is a name as of anything else. */
  readonly label?: string;
  readonly name: string;
  /** Whether it is said that there must be one. */
  readonly isRequired?: boolean;
  readonly onChange: (name: string) => void;
}

/** A name of a record, no longer than the API takes it. */
export function NameField({ label, name, isRequired = false, onChange }: NameFieldProps) {
  const { t } = useTranslation();
  const problem = isRequired && name.trim() === "" && t("auth.required");
  return (
    <FormField label={label ?? t("common.name")} errorText={problem}>
      <Input value={name} onChange={({ detail }) => onChange(shortName(detail.value))} />
    </FormField>
  );
}
