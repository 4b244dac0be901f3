import Box from "@cloudscape-design/components/box";
import Button from "@cloudscape-design/components/button";
import FormField from "@cloudscape-design/components/form-field";
import Input from "@cloudscape-design/components/input";
import Modal from "@cloudscape-design/components/modal";
import RadioGroup from "@cloudscape-design/components/radio-group";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { type Role, roles } from "@systemhealer/contract/role";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { ErrorAlert } from "../../ui/ErrorAlert.tsx";
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
    if (!error && !inviting.isPending) inviting.mutate({ email, role, isAgain: false }, { onSuccess: onClose });
  };
  return (
    <Modal
      visible
      header={t("admin.members.inviteTitle")}
      closeAriaLabel={t("nav.close")}
      onDismiss={onClose}
      footer={
        <Box float="right">
          <SpaceBetween direction="horizontal" size="xs">
            <Button variant="link" onClick={onClose}>
              {t("common.cancel")}
            </Button>
            <Button variant="primary" loading={inviting.isPending} onClick={send}>
              {t("admin.members.send")}
            </Button>
          </SpaceBetween>
        </Box>
      }
    >
      <form
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          send();
        }}
      >
        <SpaceBetween size="m">
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
        </SpaceBetween>
      </form>
    </Modal>
  );
}
