import Box from "@cloudscape-design/components/box";
import Button from "@cloudscape-design/components/button";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { roleAllows } from "@systemhealer/contract/role";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { useFormats } from "../../i18n/use-formats.ts";
import { useServices } from "../../lib/services.ts";
import { useQueries } from "../../lib/use-queries.ts";
import { ErrorAlert } from "../../ui/ErrorAlert.tsx";
import { Loading } from "../../ui/Loading.tsx";
import { SidePanel } from "../../ui/SidePanel.tsx";
import { type FinishedDiagnosis, modelThatDiagnosed } from "./finished-diagnosis.ts";
import { RowAnswer } from "./RowAnswer.tsx";
import { readRowValues } from "./row-values.ts";
import { readStoredExplanation } from "./stored-explanation.ts";

export interface RowPanelProps {
  readonly run: FinishedDiagnosis;
  /** Number of the data row, from 1. */
  readonly row: number;
  readonly onRow: (row: number) => void;
  readonly onClose: () => void;
}

/** One row of a result, beside the page: its diagnosis and why. */
export function RowPanel({ run, row, onRow, onClose }: RowPanelProps) {
  const { t } = useTranslation();
  const formats = useFormats();
  return (
    <SidePanel title={t("diagnosis.rowNumber", { row: formats.integer(row) })} onClose={onClose}>
      <SpaceBetween size="m">
        <SpaceBetween direction="horizontal" size="xs">
          <Button iconName="angle-left" disabled={row <= 1} onClick={() => onRow(row - 1)}>
            {t("diagnosis.rowBefore")}
          </Button>
          <Button
            iconName="angle-right"
            iconAlign="right"
            disabled={row >= run.result.rows}
            onClick={() => onRow(row + 1)}
          >
            {t("diagnosis.rowAfter")}
          </Button>
        </SpaceBetween>
        <ExplainedRow key={row} run={run} row={row} />
      </SpaceBetween>
    </SidePanel>
  );
}

/** The model is asked anew, which tells most; who may not ask it reads what an explained run has stored. */
function ExplainedRow({ run, row }: Pick<RowPanelProps, "run" | "row">) {
  const { client } = useServices();
  const queries = useQueries();
  const { runId, datasetId, result } = run;
  const modelId = modelThatDiagnosed(run);
  const { data: session } = useQuery(queries.session());
  const mayAsk = session !== undefined && roleAllows(session.role, "operator");
  const isStored = result.artefacts.some(({ name }) => name === "explanations.json");
  const known = useQuery({
    queryKey: ["run", runId, "result", row],
    queryFn: ({ signal }) => client.call("getRunResults", { runId, query: { offset: row - 1, limit: 1 } }, { signal }),
    staleTime: Number.POSITIVE_INFINITY,
  });
  const stored = useQuery({
    queryKey: ["run", runId, "explanation", row],
    queryFn: ({ signal }) => readStoredExplanation(client, { runId, row, rows: result.rows }, signal),
    enabled: isStored,
    staleTime: Number.POSITIVE_INFINITY,
  });
  const profile = useQuery({ ...queries.datasetProfile(datasetId), enabled: mayAsk });
  const values = useQuery({
    queryKey: ["dataset", datasetId, "row", row],
    queryFn: ({ signal }) => readRowValues(client, datasetId, profile.data!, row, signal),
    enabled: mayAsk && profile.data !== undefined,
    staleTime: Number.POSITIVE_INFINITY,
  });
  const asked = useQuery({
    ...queries.rowAnswer(modelId, values.data ?? {}, run.kind === "diagnosis" ? run.anomalyThreshold : undefined),
    enabled: mayAsk && values.data !== undefined,
  });
  const [item] = known.data?.items ?? [];
  if (asked.data) return <RowAnswer answer={asked.data.rows[0]!} classes={asked.data.classes} />;
  if (!item || !known.data) {
    return known.error ? <ErrorAlert error={known.error} onRetry={() => void known.refetch()} /> : <Loading />;
  }
  const explanation = stored.data;
  const isComing = session === undefined || (isStored && stored.isPending) || (mayAsk && !explanation);
  const error = (isStored ? stored.error : null) ?? profile.error ?? values.error ?? asked.error;
  const retry = () => void (stored.error ? stored.refetch() : values.error ? values.refetch() : asked.refetch());
  return (
    <SpaceBetween size="m">
      <RowAnswer answer={{ ...item, ...(explanation && { explanation }) }} classes={known.data.classes} />
      {!explanation && (
        <Unexplained error={error} isComing={isComing} isLeftOut={explanation === null} onRetry={retry} />
      )}
    </SpaceBetween>
  );
}

interface UnexplainedProps {
  readonly error: Error | null;
  readonly isComing: boolean;
  /** Whether the others of its file were explained, and this one was not. */
  readonly isLeftOut: boolean;
  readonly onRetry: () => void;
}

function Unexplained({ error, isComing, isLeftOut, onRetry }: UnexplainedProps) {
  const { t } = useTranslation();
  if (isComing && !error) return <Loading />;
  return (
    <SpaceBetween size="s">
      <Box>{t(error ? "diagnosis.notExplained" : isLeftOut ? "diagnosis.leftOut" : "diagnosis.explainByOperator")}</Box>
      <ErrorAlert error={error} onRetry={onRetry} />
    </SpaceBetween>
  );
}
