import Box from "@cloudscape-design/components/box";
import Button from "@cloudscape-design/components/button";
import Container from "@cloudscape-design/components/container";
import ExpandableSection from "@cloudscape-design/components/expandable-section";
import FormField from "@cloudscape-design/components/form-field";
import Grid from "@cloudscape-design/components/grid";
import Header from "@cloudscape-design/components/header";
import Input from "@cloudscape-design/components/input";
import SpaceBetween from "@cloudscape-design/components/space-between";
import type { ModelView } from "@systemhealer/contract/model";
import { visible } from "@systemhealer/contract/visible";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useDeferredValue, useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { useFormats } from "../../i18n/use-formats.ts";
import { useLists } from "../../i18n/use-lists.ts";
import { useServices } from "../../lib/services.ts";
import { useQueries } from "../../lib/use-queries.ts";
import { KpiFilter } from "../../ui/KpiFilter.tsx";
import { Pager } from "../../ui/Pager.tsx";
import { Pending } from "../../ui/Pending.tsx";
import { readNormalValues } from "./normal-values.ts";
import { RowAnswer } from "./RowAnswer.tsx";
import { formRow, type RowField, type RowFields, rowEntries, rowFields, type TypedValues } from "./row-form.ts";

/** How long a form rests before it is asked about, in milliseconds. */
const restMilliseconds = 350;
const pageSize = 12;

interface TypedProps {
  readonly typed: TypedValues;
  readonly onChange: (typed: TypedValues) => void;
}

export interface OneRowProps extends TypedProps {
  readonly model: ModelView;
}

/** A row typed in, KPI by KPI, and what the model says of it meanwhile. */
export function OneRow({ model, typed, onChange }: OneRowProps) {
  const queries = useQueries();
  const { client } = useServices();
  const { modelId, datasetId } = model;
  const { data: summary, error, refetch } = useQuery(queries.modelSummary(modelId));
  // An imported model has no file, and a file may be gone; the form then has no usual values.
  const hasFile = datasetId !== undefined;
  const profile = useQuery({ ...queries.datasetProfile(datasetId ?? ""), retry: false, enabled: hasFile });
  const normal = useQuery({
    queryKey: ["dataset", datasetId, "normal-values"],
    queryFn: ({ signal }) => readNormalValues(client, datasetId ?? "", signal),
    retry: false,
    enabled: hasFile,
    staleTime: Number.POSITIVE_INFINITY,
  });
  if (!summary || (hasFile && (profile.isPending || normal.isPending))) {
    return <Pending error={error} refetch={refetch} />;
  }
  const fields = rowFields(summary.card, summary.report, profile.data, normal.data);
  return <RowForm key={modelId} modelId={modelId} fields={fields} typed={typed} onChange={onChange} />;
}

interface RowFormProps extends TypedProps {
  readonly modelId: string;
  readonly fields: RowFields;
}

function RowForm({ modelId, fields, typed, onChange }: RowFormProps) {
  const { t } = useTranslation();
  const lists = useLists();
  const entries = rowEntries([...fields.first, ...fields.rest], typed);
  const { row, wrong } = formRow(entries);
  const change = (name: string, text: string) => onChange({ ...typed, [name]: text });
  return (
    <Grid gridDefinition={[{ colspan: { default: 12, s: 6 } }, { colspan: { default: 12, s: 6 } }]}>
      <Container
        header={
          <Header
            variant="h2"
            description={t("diagnosis.rowHint")}
            actions={<Button onClick={() => onChange({})}>{t("diagnosis.usualValues")}</Button>}
          >
            {t("diagnosis.rowTitle")}
          </Header>
        }
      >
        <SpaceBetween size="m">
          <Fields fields={fields.first} entries={entries} wrong={wrong} onChange={change} />
          {fields.rest.length > 0 && (
            <ExpandableSection headerText={t("diagnosis.otherKpis", { number: fields.rest.length })}>
              <PagedFields fields={fields.rest} entries={entries} wrong={wrong} onChange={change} />
            </ExpandableSection>
          )}
        </SpaceBetween>
      </Container>
      <Container header={<Header variant="h2">{t("diagnosis.answer")}</Header>}>
        {wrong.length > 0 ? (
          <Box color="text-status-error">{t("diagnosis.wrongFields", { list: lists.names(wrong.slice(0, 5)) })}</Box>
        ) : (
          <LiveAnswer modelId={modelId} row={row} />
        )}
      </Container>
    </Grid>
  );
}

interface FieldsProps {
  readonly fields: readonly RowField[];
  readonly entries: Readonly<Record<string, string>>;
  readonly wrong: readonly string[];
  readonly onChange: (name: string, text: string) => void;
}

function Fields({ fields, entries, wrong, onChange }: FieldsProps) {
  const { t } = useTranslation();
  const formats = useFormats();
  return (
    <Grid gridDefinition={fields.map(() => ({ colspan: { default: 12, xs: 6 } }))}>
      {fields.map(({ name, low, high }) => (
        <FormField
          key={name}
          label={visible(name)}
          description={
            low !== undefined &&
            high !== undefined &&
            t("diagnosis.usually", { low: formats.number(low), high: formats.number(high) })
          }
          errorText={wrong.includes(name) && t("train.notNumber")}
        >
          <Input
            value={entries[name] ?? ""}
            inputMode="decimal"
            placeholder={t("diagnosis.gap")}
            onChange={({ detail }) => onChange(name, detail.value)}
          />
        </FormField>
      ))}
    </Grid>
  );
}

function PagedFields(props: FieldsProps) {
  const [filter, setFilter] = useState("");
  const [page, setPage] = useState(1);
  const wanted = useDeferredValue(filter.trim().toLowerCase());
  const found = props.fields.filter(({ name }) => name.toLowerCase().includes(wanted));
  return (
    <SpaceBetween size="m">
      <KpiFilter
        text={filter}
        onChange={(text) => {
          setFilter(text);
          setPage(1);
        }}
      />
      <Fields {...props} fields={found.slice((page - 1) * pageSize, page * pageSize)} />
      {found.length > pageSize && <Pager page={page} pages={Math.ceil(found.length / pageSize)} onChange={setPage} />}
    </SpaceBetween>
  );
}

function LiveAnswer({ modelId, row }: { readonly modelId: string; readonly row: ReturnType<typeof formRow>["row"] }) {
  const rested = useRested(row);
  const { data, error, isPending, refetch } = useQuery({
    ...useQueries().rowAnswer(modelId, rested),
    placeholderData: keepPreviousData,
  });
  if (error || isPending) return <Pending error={error} refetch={refetch} />;
  const [answer] = data.rows;
  return <div aria-live="polite">{answer && <RowAnswer answer={answer} classes={data.classes} />}</div>;
}

/** The value once it has not changed for a moment. */
function useRested<T>(value: T): T {
  const text = JSON.stringify(value);
  const [rested, setRested] = useState({ text, value });
  useEffect(() => {
    if (text === rested.text) return;
    const timer = setTimeout(() => setRested({ text, value: JSON.parse(text) as T }), restMilliseconds);
    return () => clearTimeout(timer);
  }, [text, rested.text]);
  return rested.value;
}
