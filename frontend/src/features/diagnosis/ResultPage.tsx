import Alert from "@cloudscape-design/components/alert";
import Container from "@cloudscape-design/components/container";
import SpaceBetween from "@cloudscape-design/components/space-between";
import type { RunView } from "@systemhealer/contract/run";
import { useQuery } from "@tanstack/react-query";
import { type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";
import { usePreferences } from "../../lib/preferences.ts";
import { layoutOf, type ResultPanel } from "../../lib/result-layout.ts";
import { useQueries } from "../../lib/use-queries.ts";
import { ErrorAlert } from "../../ui/ErrorAlert.tsx";
import { ErrorBoundary } from "../../ui/ErrorBoundary.tsx";
import { Loading } from "../../ui/Loading.tsx";
import { OrderLink } from "../../ui/OrderLink.tsx";
import { Pending } from "../../ui/Pending.tsx";
import { RunFrame } from "../../ui/RunFrame.tsx";
import { UnfinishedRun } from "../../ui/UnfinishedRun.tsx";
import { diagnosesRows, type FinishedDiagnosis, isFinishedDiagnosis } from "./finished-diagnosis.ts";
import { NodeHealth } from "./NodeHealth.tsx";
import { RecoveryState } from "./RecoveryState.tsx";
import { ResultActions } from "./ResultActions.tsx";
import { ResultCharts } from "./ResultCharts.tsx";
import { ResultSummary } from "./ResultSummary.tsx";
import { ResultTable } from "./ResultTable.tsx";
import { RowPanel } from "./RowPanel.tsx";
import { ShiftNotice } from "./ShiftNotice.tsx";

/** The result of a diagnosis; while it is made, how far it is. */
export function ResultPage() {
  const { t } = useTranslation();
  return (
    <RunFrame title={t("diagnosis.result")} actions={(run) => <ResultActions run={run} />}>
      {(run) => (isFinishedDiagnosis(run) ? <Result run={run} /> : <NoResult run={run} />)}
    </RunFrame>
  );
}

function Result({ run }: { readonly run: FinishedDiagnosis }) {
  const { t } = useTranslation();
  const queries = useQueries();
  const { runId } = run;
  const [row, setRow] = useState<number>();
  const layout = layoutOf(usePreferences().resultLayout);
  const { data: summary, error, refetch } = useQuery(queries.runSummary(runId));
  const hasSample = run.result.artefacts.some(({ name }) => name === "sample.json");
  const sample = useQuery({ ...queries.runSample(runId), enabled: hasSample });
  if (!summary) return <Pending error={error} refetch={refetch} />;
  const charts = (keptAs: "chart" | "secondChart", usualKind: "bar" | "pie") =>
    hasSample && sample.isPending ? (
      <Container>
        <Loading />
      </Container>
    ) : (
      <ResultCharts keptAs={keptAs} usualKind={usualKind} summary={summary} sample={sample.data} onRow={setRow} />
    );
  // Where a repair is verified, whether it is done is the result.
  const verifies = summary.recovery !== undefined;
  const recovery = run.kind === "diagnosis" && (
    <ErrorBoundary>
      <RecoveryState run={run} recovery={summary.recovery} />
    </ErrorBoundary>
  );
  const panels: Readonly<Record<ResultPanel, () => ReactNode>> = {
    summary: () => (
      <SpaceBetween size="l">
        <ResultSummary run={run} summary={summary} />
        {!verifies && recovery}
        <NodeHealth summary={summary} />
      </SpaceBetween>
    ),
    charts: () => charts("chart", "bar"),
    secondCharts: () => charts("secondChart", "pie"),
    table: () => <ResultTable run={run} summary={summary} onRow={setRow} />,
  };
  return (
    <SpaceBetween size="l">
      {summary.shift && (
        <ShiftNotice
          shift={summary.shift}
          action={
            run.kind === "diagnosis" && (
              <OrderLink to={`/adapt?model=${run.modelId}&dataset=${run.datasetId}`}>{t("adaptation.title")}</OrderLink>
            )
          }
        />
      )}
      {verifies && recovery}
      <ErrorAlert error={sample.error} onRetry={() => void sample.refetch()} />
      {layout
        .filter(({ isShown }) => isShown)
        .map(({ panel }) => (
          <ErrorBoundary key={panel}>{panels[panel]()}</ErrorBoundary>
        ))}
      {row !== undefined && <RowPanel run={run} row={row} onRow={setRow} onClose={() => setRow(undefined)} />}
    </SpaceBetween>
  );
}

function NoResult({ run }: { readonly run: RunView }) {
  const { t } = useTranslation();
  if (diagnosesRows(run)) return <UnfinishedRun run={run} />;
  return <Alert statusIconAriaLabel={t("common.info")}>{t("diagnosis.noDiagnosis")}</Alert>;
}
