import Alert from "@cloudscape-design/components/alert";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useQueries as useQueryList } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { useSearchParams } from "react-router";
import { useQueries } from "../../lib/use-queries.ts";
import { ErrorAlert } from "../../ui/ErrorAlert.tsx";
import { LinkButton } from "../../ui/LinkButton.tsx";
import { Loading } from "../../ui/Loading.tsx";
import { Page } from "../../ui/Page.tsx";
import { CompareCharts } from "./CompareCharts.tsx";
import { CompareMetrics } from "./CompareMetrics.tsx";
import { CompareSettings } from "./CompareSettings.tsx";
import { type ComparedModel, comparedIds, uniqueNames } from "./compared.ts";

/** `?models=` names the models by their ids, with commas between. */
export function ComparePage() {
  const { t } = useTranslation();
  const [search] = useSearchParams();
  const ids = comparedIds(search);
  const { compared, isPending, error, withoutReport } = useCompared(ids);
  const datasets = new Set(compared.map(({ model }) => model.datasetSha256));
  return (
    <Page
      title={t("models.compareTitle")}
      description={t("models.compareDescription")}
      actions={<LinkButton to="/models">{t("models.toModels")}</LinkButton>}
    >
      <ErrorAlert error={error} />
      {isPending && <Loading />}
      {!isPending && compared.length < 2 && (
        <Alert statusIconAriaLabel={t("common.info")}>{t("models.compareTooFew")}</Alert>
      )}
      {!isPending && compared.length >= 2 && (
        <SpaceBetween size="l">
          {datasets.size > 1 && (
            <Alert type="warning" statusIconAriaLabel={t("common.warning")}>
              {t("models.compareOther")}
            </Alert>
          )}
          {withoutReport.map((name) => (
            <Alert key={name} statusIconAriaLabel={t("common.info")}>
              {t("models.noReport", { name })}
            </Alert>
          ))}
          <CompareMetrics compared={compared} />
          <CompareCharts compared={compared} />
          <CompareSettings compared={compared} />
        </SpaceBetween>
      )}
    </Page>
  );
}

function useCompared(ids: readonly string[]) {
  const queries = useQueries();
  const models = useQueryList({ queries: ids.map((id) => queries.model(id)) });
  const summaries = useQueryList({ queries: ids.map((id) => queries.modelSummary(id)) });
  const found = models.flatMap(({ data }, index) => (data ? [{ model: data, summary: summaries[index] }] : []));
  const names = uniqueNames(found.map(({ model }) => model.name));
  const compared = found.map(
    ({ model, summary }, index): ComparedModel => ({ model, name: names[index]!, report: summary?.data?.report }),
  );
  return {
    compared,
    isPending: [...models, ...summaries].some((query) => query.isPending),
    error: models.find((query) => query.error)?.error,
    withoutReport: compared.filter(({ report }) => !report).map(({ name }) => name),
  };
}
