import Box from "@cloudscape-design/components/box";
import Button from "@cloudscape-design/components/button";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { useFormats } from "../../i18n/use-formats.ts";
import { useServices } from "../../lib/services.ts";
import { useQueries } from "../../lib/use-queries.ts";
import { ErrorAlert } from "../../ui/ErrorAlert.tsx";
import { Loading } from "../../ui/Loading.tsx";
import { SidePanel } from "../../ui/SidePanel.tsx";
import type { FinishedDiagnosis } from "./ResultSummary.tsx";
import { RowAnswer } from "./RowAnswer.tsx";
import { readRowValues } from "./row-values.ts";

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

function ExplainedRow({ run, row }: Pick<RowPanelProps, "run" | "row">) {
  const { t } = useTranslation();
  const { client } = useServices();
  const queries = useQueries();
  const { runId, datasetId, modelId } = run;
  const known = useQuery({
    queryKey: ["run", runId, "result", row],
    queryFn: ({ signal }) => client.call("getRunResults", { runId, query: { offset: row - 1, limit: 1 } }, { signal }),
    staleTime: Number.POSITIVE_INFINITY,
  });
  const profile = useQuery(queries.datasetProfile(datasetId));
  const values = useQuery({
    queryKey: ["dataset", datasetId, "row", row],
    queryFn: ({ signal }) => readRowValues(client, datasetId, profile.data!, row, signal),
    enabled: profile.data !== undefined,
    staleTime: Number.POSITIVE_INFINITY,
  });
  const explained = useQuery({
    ...queries.rowAnswer(modelId, values.data ?? {}),
    enabled: values.data !== undefined,
  });
  const error = profile.error ?? values.error ?? explained.error;
  const [item] = known.data?.items ?? [];
  if (explained.data) return <RowAnswer answer={explained.data.rows[0]!} classes={explained.data.classes} />;
  if (!item || !known.data) {
    return known.error ? <ErrorAlert error={known.error} onRetry={() => void known.refetch()} /> : <Loading />;
  }
  return (
    <SpaceBetween size="m">
      <RowAnswer answer={item} classes={known.data.classes} />
      {error ? (
        <>
          <Box>{t("diagnosis.notExplained")}</Box>
          <ErrorAlert error={error} onRetry={() => void (values.error ? values.refetch() : explained.refetch())} />
        </>
      ) : (
        <Loading />
      )}
    </SpaceBetween>
  );
}
