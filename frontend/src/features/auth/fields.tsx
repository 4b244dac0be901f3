import FormField from "@cloudscape-design/components/form-field";
import Input from "@cloudscape-design/components/input";
import { useTranslation } from "react-i18next";
import { useSaidError } from "./tried-context.ts";

export interface FieldProps {
  readonly value: string;
  readonly onChange: (value: string) => void;
  /** Shown once somebody has tried to send the form. */
  readonly error?: string | undefined;
}

export const isEmail = (text: string): boolean => /^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(text);

export function EmailField({ value, onChange, error }: FieldProps) {
  const { t } = useTranslation();
  return (
    <FormField label={t("auth.email")} errorText={useSaidError(error)}>
      <Input
        type="email"
        inputMode="email"
        name="email"
        autoComplete="username"
        value={value}
        onChange={({ detail }) => onChange(detail.value.trim())}
      />
    </FormField>
  );
}

export function CodeField({ value, onChange, error, label }: FieldProps & { readonly label?: string }) {
  const { t } = useTranslation();
  return (
    <FormField label={label ?? t("auth.code")} errorText={useSaidError(error)}>
      <Input
        inputMode="numeric"
        name="code"
        autoComplete="one-time-code"
        value={value}
        onChange={({ detail }) => onChange(detail.value.trim())}
      />
    </FormField>
  );
}
