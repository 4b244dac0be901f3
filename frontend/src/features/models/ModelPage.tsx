import Alert from "@cloudscape-design/components/alert";
import Badge from "@cloudscape-design/components/badge";
import type { ModelView } from "@systemhealer/contract/model";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { useParams } from "react-router";
import { useFormats } from "../../i18n/use-formats.ts";
import { useSettingTexts } from "../../i18n/use-setting-texts.ts";
import { isGone } from "../../lib/is-gone.ts";
import { useQueries } from "../../lib/use-queries.ts";
import { ErrorAlert } from "../../ui/ErrorAlert.tsx";
import { ErrorBoundary } from "../../ui/ErrorBoundary.tsx";
import { LinkButton } from "../../ui/LinkButton.tsx";
import { Loading } from "../../ui/Loading.tsx";
import { Page } from "../../ui/Page.tsx";
import { SurenessAlert } from "../../ui/SurenessAlert.tsx";
import { TagList } from "../../ui/TagList.tsx";
import { UnreadRecord } from "../../ui/UnreadRecord.tsx";
import { ModelActions } from "./ModelActions.tsx";
import { ModelFacts } from "./ModelFacts.tsx";
import { ModelQuality } from "./ModelQuality.tsx";
import { ModelSummary } from "./ModelSummary.tsx";
import type { StoredReport } from "./stored-report.ts";
import "./models.css";

/** What a model is worth, before anybody downloads it. */
export function ModelPage() {
  const { t } = useTranslation();
  const { modelId = "" } = useParams();
  const queries = useQueries();
  const { data: model, error, refetch } = useQuery(queries.model(modelId));
  const summary = useQuery(queries.modelSummary(modelId));
  if (!model) {
    return <UnreadRecord title={t("models.title")} list="/models" error={error} refetch={refetch} />;
  }
  const isMissing = isGone(summary.error);
  const report: StoredReport | undefined = summary.data?.report;
  const hasNone = isMissing || (summary.data !== undefined && !report);
  return (
    <Page title={model.name} description={<Description model={model} />} actions={<ModelActions model={model} />}>
      {model.adaptation && (
        <SurenessAlert
          verdict={model.adaptation.verdict}
          expected={model.adaptation.expectedAccuracy}
          labelledRows={model.adaptation.labelledRows}
          action={
            model.origin !== "imported" && (
              <LinkButton to={`/runs/${model.trainingRunId}`}>{t("adaptation.openRun")}</LinkButton>
            )
          }
        />
      )}
      <ErrorBoundary>
        <ModelSummary model={model} report={report} />
      </ErrorBoundary>
      {summary.isPending && <Loading />}
      {hasNone && (
        <Alert statusIconAriaLabel={t("common.info")}>
          {t(model.adaptation ? "models.adaptedNoReport" : "models.noSummary")}
        </Alert>
      )}
      {!isMissing && <ErrorAlert error={summary.error} onRetry={() => void summary.refetch()} />}
      {report && <ModelQuality report={report} learner={model.learner} />}
      <ErrorBoundary>
        <ModelFacts model={model} card={summary.data?.card} report={report} />
      </ErrorBoundary>
    </Page>
  );
}

function Description({ model }: { readonly model: ModelView }) {
  const { t } = useTranslation();
  const formats = useFormats();
  const { option } = useSettingTexts();
  return (
    <span className="model-badges">
      {model.active && <Badge color="green">{t("models.active")}</Badge>}
      {model.origin === "imported" && <Badge>{t("models.imported")}</Badge>}
      {model.adaptation && <Badge>{t("adaptation.adapted")}</Badge>}
      {option(model.learner)} · {formats.time(model.createdAt)}
      <TagList tags={model.tags} />
    </span>
  );
}
