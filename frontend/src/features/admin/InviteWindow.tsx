import FormField from "@cloudscape-design/components/form-field";
import Input from "@cloudscape-design/components/input";
import RadioGroup from "@cloudscape-design/components/radio-group";
import { type Role, roles } from "@systemhealer/contract/role";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { ErrorAlert } from "../../ui/ErrorAlert.tsx";
import { FormWindow } from "../../ui/FormWindow.tsx";
import { useInvite } from "./use-member-changes.ts";

const isEmail = (text: string): boolean => /^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(text);

/** A window that asks whom to invite, and as what. */
export function InviteWindow({ onClose }: { readonly onClose: () => void }) {
  const { t } = useTranslation();
  const [email, setEmail] = useState("");
  const [role, setRole] = useState<Role>("viewer");
  const [isChecked, setChecked] = useState(false);
  const inviting = useInvite();
  const error = isEmail(email) ? undefined : t("auth.emailInvalid");
  const send = () => {
    setChecked(true);
    if (!error) inviting.mutate({ email, role, isAgain: false }, { onSuccess: onClose });
  };
  return (
    <FormWindow
      title={t("admin.members.inviteTitle")}
      submitText={t("admin.members.send")}
      isPending={inviting.isPending}
      onSubmit={send}
      onClose={onClose}
    >
      <FormField
        label={t("auth.email")}
        description={t("admin.members.inviteHint")}
        errorText={isChecked ? error : undefined}
      >
        <Input
          type="email"
          inputMode="email"
          autoComplete={false}
          value={email}
          onChange={({ detail }) => setEmail(detail.value.trim())}
        />
      </FormField>
      <FormField label={t("admin.members.role")}>
        <RadioGroup
          value={role}
          items={roles.map((value) => ({
            value,
            label: t(`admin.roles.${value}`),
            description: t(`admin.roleHint.${value}`),
          }))}
          onChange={({ detail }) => setRole(roles.find((known) => known === detail.value) ?? "viewer")}
        />
      </FormField>
      <ErrorAlert error={inviting.error} />
    </FormWindow>
  );
}
