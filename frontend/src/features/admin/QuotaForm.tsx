import Button from "@cloudscape-design/components/button";
import ColumnLayout from "@cloudscape-design/components/column-layout";
import Container from "@cloudscape-design/components/container";
import Form from "@cloudscape-design/components/form";
import FormField from "@cloudscape-design/components/form-field";
import Header from "@cloudscape-design/components/header";
import Input from "@cloudscape-design/components/input";
import { ApiError } from "@systemhealer/contract/client-errors";
import type { QuotasChange, QuotasView } from "@systemhealer/contract/quotas";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useFormats } from "../../i18n/use-formats.ts";
import { usePreferences } from "../../lib/preferences.ts";
import { useServices } from "../../lib/services.ts";
import { unitsOf } from "../../lib/units.ts";
import { notify } from "../../ui/notifications.tsx";
import { useErrorText } from "../../ui/use-error-text.ts";
import { useReversible } from "../../ui/use-reversible.ts";
import {
  changeOf,
  fieldsOf,
  type QuotaName,
  quotaNames,
  readQuota,
  revertOf,
  storageUnits,
  type TypedQuotas,
  withTyped,
} from "./quota-fields.ts";

const nothingTyped: TypedQuotas = { texts: {}, unitBytes: 0 };

/**
 * Sets what the workspace may use, within what the installation allows. What is typed stays when somebody else changes
 * another field meanwhile.
 */
export function QuotaForm({ view }: { readonly view: QuotasView }) {
  const { t } = useTranslation();
  const formats = useFormats();
  const unit = storageUnits[unitsOf(usePreferences().units).bytes];
  const [typed, setTyped] = useState<TypedQuotas>(nothingTyped);
  const texts = fieldsOf(view.set, typed, unit.bytes);
  const saving = useSaveQuotas(view, () => setTyped(nothingTyped));
  const change = changeOf(view, texts, unit.bytes);
  const mostOf = (name: QuotaName) => (name === "storageBytes" ? formats.bytes : formats.integer)(view.most[name]);
  const save = () => {
    if (change && !saving.isPending) saving.mutate(change);
  };
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        save();
      }}
    >
      <Form
        actions={
          <Button variant="primary" formAction="submit" disabled={!change} loading={saving.isPending}>
            {t("admin.quotas.save")}
          </Button>
        }
      >
        <Container header={<Header variant="h2">{t("admin.quotas.edit")}</Header>}>
          <ColumnLayout columns={3} minColumnWidth={220}>
            {quotaNames.map((name) => {
              const read = readQuota(name, texts[name], view.most[name], unit.bytes);
              const used = name === "rowsPerFile" ? 0 : view.used[name];
              const isBelow = "value" in read && read.value !== null && read.value < used;
              return (
                <FormField
                  key={name}
                  label={
                    name === "storageBytes"
                      ? t("admin.quotas.storageField", { unit: unit.name })
                      : t(`admin.quotas.${name}`)
                  }
                  constraintText={t("admin.quotas.most", { most: mostOf(name) })}
                  errorText={"problem" in read && t(`admin.quotas.${read.problem}`, { most: mostOf(name) })}
                  warningText={isBelow && t("admin.quotas.belowUse")}
                >
                  <Input
                    inputMode={name === "storageBytes" ? "decimal" : "numeric"}
                    autoComplete={false}
                    value={texts[name]}
                    placeholder={formats.integer(
                      name === "storageBytes" ? view.most[name] / unit.bytes : view.most[name],
                    )}
                    onChange={({ detail }) => setTyped((old) => withTyped(old, name, detail.value, unit.bytes))}
                  />
                </FormField>
              );
            })}
          </ColumnLayout>
        </Container>
      </Form>
    </form>
  );
}

/** Writes a change; undone by what was set before. */
function useSaveQuotas(view: QuotasView, onSaved: () => void) {
  const { t } = useTranslation();
  const { client } = useServices();
  const queryClient = useQueryClient();
  const errorText = useErrorText();
  const reversible = useReversible();
  const refresh = async () => {
    const keys = [["quotas"], ["session"]];
    await Promise.all(keys.map((queryKey) => queryClient.invalidateQueries({ queryKey })));
  };
  return useMutation({
    mutationFn: (body: QuotasChange) => client.call("updateQuotas", { body }),
    onSuccess: async (after) => {
      queryClient.setQueryData(["quotas"], after);
      onSaved();
      reversible({
        doneText: t("admin.quotas.saved"),
        undoneText: t("admin.quotas.reverted"),
        revert: async () => {
          await client.call("updateQuotas", { body: revertOf(view, after) });
          await refresh();
        },
      });
      await refresh();
    },
    onError: async (error) => {
      const isMeanwhile = error instanceof ApiError && error.problem.code === "changed-meanwhile";
      notify({ type: "error", text: isMeanwhile ? t("admin.quotas.meanwhile") : errorText(error) });
      await refresh();
    },
  });
}
