import Alert from "@cloudscape-design/components/alert";
import Container from "@cloudscape-design/components/container";
import Tabs from "@cloudscape-design/components/tabs";
import type { ModelView } from "@systemhealer/contract/model";
import { useInfiniteQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useSearchParams } from "react-router";
import { useFormats } from "../../i18n/use-formats.ts";
import { useQueries } from "../../lib/use-queries.ts";
import { useSettled } from "../../lib/use-settled.ts";
import { ChoiceField } from "../../ui/ChoiceField.tsx";
import { ErrorAlert } from "../../ui/ErrorAlert.tsx";
import { ErrorBoundary } from "../../ui/ErrorBoundary.tsx";
import { LinkButton } from "../../ui/LinkButton.tsx";
import { Loading } from "../../ui/Loading.tsx";
import { Page } from "../../ui/Page.tsx";
import { FileDiagnosis } from "./FileDiagnosis.tsx";
import { OneRow } from "./OneRow.tsx";
import { PastedRows } from "./PastedRows.tsx";
import type { TypedValues } from "./row-form.ts";

const ways = ["file", "rows", "row"] as const;

/** `?model=` chooses the model, `?way=` how the rows come, `?dataset=` the data set. */
export function DiagnosePage() {
  const { t } = useTranslation();
  const formats = useFormats();
  const [search, setSearch] = useSearchParams();
  const { data, error, isPending, isFetching, dataUpdatedAt, refetch } = useInfiniteQuery(useQueries().models());
  const [openedAt] = useState(Date.now);
  // What was pasted or typed stays when another model or another way is looked at.
  const [pasted, setPasted] = useState("");
  const [typed, setTyped] = useState<TypedValues>({});
  const models = data?.pages.flatMap(({ items }) => items) ?? [];
  const asked = search.get("model");
  const found = models.find(({ modelId }) => modelId === asked);
  const active = models.find((known) => known.active) ?? models[0];
  const usual = useSettled(active?.modelId, isFetching);
  const model = found ?? models.find(({ modelId }) => modelId === usual) ?? active;
  const isMissing = asked !== null && !found;
  const way = ways.find((known) => known === search.get("way")) ?? "file";
  const change = (name: string, value: string) =>
    setSearch((old) => ({ ...Object.fromEntries(old), [name]: value }), { replace: true });
  const optionOf = ({ modelId, name, active, macroF1 }: ModelView) => ({
    value: modelId as string,
    label: active ? t("diagnosis.activeModel", { name }) : name,
    description: `${t("home.macroF1")} ${formats.number(macroF1)}`,
  });
  // The list that is at hand may be older than the model.
  const isStale = isMissing && dataUpdatedAt < openedAt;
  if (!model || isStale) {
    return (
      <Page title={t("diagnosis.title")} description={t("diagnosis.description")}>
        {error && <ErrorAlert error={error} onRetry={() => void refetch()} />}
        {(isPending || isStale) && !error && <Loading />}
        {data && !model && (
          <Alert
            statusIconAriaLabel={t("common.info")}
            action={<LinkButton to="/train">{t("train.title")}</LinkButton>}
          >
            {t("home.noModel")}
          </Alert>
        )}
      </Page>
    );
  }
  const content = {
    file: <FileDiagnosis model={model} datasetId={search.get("dataset") ?? ""} />,
    rows: <PastedRows key={model.modelId} model={model} text={pasted} onChange={setPasted} />,
    row: <OneRow model={model} typed={typed} onChange={setTyped} />,
  } as const;
  return (
    <Page title={t("diagnosis.title")} description={t("diagnosis.description")}>
      {isMissing && (
        <Alert type="warning" statusIconAriaLabel={t("common.warning")}>
          {t("models.gone")}
        </Alert>
      )}
      <Container>
        <ChoiceField
          label={t("diagnosis.model")}
          choices={models.map(optionOf)}
          value={model.modelId}
          onChange={(modelId) => change("model", modelId)}
        />
      </Container>
      <Tabs
        activeTabId={way}
        ariaLabel={t("diagnosis.ways")}
        onChange={({ detail }) => change("way", detail.activeTabId)}
        tabs={ways.map((id) => ({
          id,
          label: t(`diagnosis.way.${id}`),
          content: id === way && <ErrorBoundary>{content[id]}</ErrorBoundary>,
        }))}
      />
    </Page>
  );
}
