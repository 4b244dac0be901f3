import Checkbox from "@cloudscape-design/components/checkbox";
import FormField from "@cloudscape-design/components/form-field";
import Input from "@cloudscape-design/components/input";
import SpaceBetween from "@cloudscape-design/components/space-between";
import StatusIndicator from "@cloudscape-design/components/status-indicator";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { type PasswordRule, passwordRules } from "./password-rules.ts";
import { useSaidError } from "./tried-context.ts";

export interface PasswordFieldProps {
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly error?: string | undefined;
  /** A new password is shown the rules, and which of them it meets already. */
  readonly isNew?: boolean;
}

export function PasswordField({ value, onChange, error, isNew = false }: PasswordFieldProps) {
  const { t } = useTranslation();
  const [isShown, setShown] = useState(false);
  return (
    <SpaceBetween size="xs">
      <FormField label={t(isNew ? "auth.newPassword" : "auth.password")} errorText={useSaidError(error)}>
        <Input
          type={isShown ? "text" : "password"}
          name="password"
          autoComplete={isNew ? "new-password" : "current-password"}
          value={value}
          onChange={({ detail }) => onChange(detail.value)}
        />
      </FormField>
      <Checkbox checked={isShown} onChange={({ detail }) => setShown(detail.checked)}>
        {t("auth.showPassword")}
      </Checkbox>
      {isNew && <PasswordRules password={value} />}
    </SpaceBetween>
  );
}

function PasswordRules({ password }: { readonly password: string }) {
  const { t } = useTranslation();
  return (
    <div>
      {t("auth.rules")}
      <ul className="password-rules">
        {(Object.keys(passwordRules) as PasswordRule[]).map((rule) => {
          const isMet = passwordRules[rule](password);
          const label = t(isMet ? "auth.ruleMet" : "auth.ruleOpen", { rule: t(`auth.${rule}`) });
          return (
            <li key={rule}>
              <StatusIndicator type={isMet ? "success" : "pending"} iconAriaLabel={label}>
                {t(`auth.${rule}`)}
              </StatusIndicator>
            </li>
          );
        })}
      </ul>
    </div>
  );
}
