import Button from "@cloudscape-design/components/button";
import FormField from "@cloudscape-design/components/form-field";
import Input from "@cloudscape-design/components/input";
import Select from "@cloudscape-design/components/select";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { AuditFilter } from "../../lib/queries.ts";
import { useOperationNames } from "./use-operation-name.ts";
import "./admin.css";

/** Which entries are asked for: of one kind, by one person. */
export function AuditFilters({ onChange }: { readonly onChange: (filter: AuditFilter) => void }) {
  const { t } = useTranslation();
  const names = useOperationNames();
  const [operation, setOperation] = useState("");
  const [actor, setActor] = useState("");
  const options = [
    { value: "", label: t("admin.audit.anyOperation") },
    ...Object.entries(names).map(([value, label]) => ({ value, label })),
  ];
  const ask = (wanted: string) =>
    onChange({ ...(wanted && { operation: wanted }), ...(actor.trim() && { actor: actor.trim() }) });
  return (
    <form
      className="audit-filters"
      onSubmit={(event) => {
        event.preventDefault();
        ask(operation);
      }}
    >
      <FormField label={t("admin.audit.byOperation")}>
        <Select
          selectedOption={options.find(({ value }) => value === operation) ?? null}
          options={options}
          expandToViewport
          filteringType="auto"
          onChange={({ detail }) => {
            const wanted = detail.selectedOption.value ?? "";
            setOperation(wanted);
            ask(wanted);
          }}
        />
      </FormField>
      <FormField label={t("admin.audit.byActor")}>
        <Input
          value={actor}
          type="search"
          inputMode="email"
          placeholder={t("admin.audit.actorHint")}
          clearAriaLabel={t("settings.reset")}
          onChange={({ detail }) => {
            setActor(detail.value);
            if (detail.value === "") onChange(operation ? { operation } : {});
          }}
        />
      </FormField>
      <Button formAction="submit">{t("admin.audit.apply")}</Button>
    </form>
  );
}
