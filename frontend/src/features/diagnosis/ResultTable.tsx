import Box from "@cloudscape-design/components/box";
import Button from "@cloudscape-design/components/button";
import CollectionPreferences from "@cloudscape-design/components/collection-preferences";
import Header from "@cloudscape-design/components/header";
import Link from "@cloudscape-design/components/link";
import Table, { type TableProps } from "@cloudscape-design/components/table";
import type { DiagnosisSummary } from "@systemhealer/contract/diagnosis";
import { mostKeptColumns } from "@systemhealer/contract/preferences";
import type { ResultRow } from "@systemhealer/contract/results-page";
import { visible } from "@systemhealer/contract/visible";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useFormats } from "../../i18n/use-formats.ts";
import { useServices } from "../../lib/services.ts";
import { useResultView } from "../../lib/use-result-view.ts";
import { ErrorAlert } from "../../ui/ErrorAlert.tsx";
import { Pager } from "../../ui/Pager.tsx";
import type { FinishedDiagnosis } from "./finished-diagnosis.ts";
import { openClickedRow } from "./open-clicked-row.ts";
import { ResultFilters } from "./ResultFilters.tsx";
import { readResults } from "./read-results.ts";
import { isFiltered, noFilter, type ResultFilter, resultQuery } from "./result-filter.ts";
import "./diagnosis.css";

export interface ResultTableProps {
  readonly run: FinishedDiagnosis;
  readonly summary: DiagnosisSummary;
  readonly onRow: (row: number) => void;
}

const usualColumns: readonly string[] = ["row", "id", "diagnosis", "confidence", "unknown", "anomalous"];
const usualPageSize = 20;
const pageSizes = [10, 20, 50, 100] as const;

/** Every row of a result: a page at a time, as it is filtered. */
export function ResultTable({ run, summary, onRow }: ResultTableProps) {
  const { t } = useTranslation();
  const formats = useFormats();
  const { client } = useServices();
  const { runId } = run;
  const [{ columns: visible = usualColumns, pageSize: limit = usualPageSize }, changeView] = useResultView();
  const [filter, setFilter] = useState(noFilter);
  // Where each page begins that has been seen: a filtered page says where the next one does.
  const [starts, setStarts] = useState<readonly number[]>([0]);
  const [page, setPage] = useState(1);
  const isAll = !isFiltered(filter);
  const offset = isAll ? (page - 1) * limit : (starts[page - 1] ?? 0);
  const query = resultQuery(filter);
  const { data, error, isFetching, isPlaceholderData, refetch } = useQuery({
    queryKey: ["run", runId, "results", query, offset, limit],
    queryFn: ({ signal }) => readResults(client, { runId, query, offset, limit }, signal),
    placeholderData: keepPreviousData,
    staleTime: Number.POSITIVE_INFINITY,
  });
  const toFirst = () => {
    setStarts([0]);
    setPage(1);
  };
  const change = (part: Partial<ResultFilter>) => {
    setFilter((last) => ({ ...last, ...part }));
    toFirst();
  };
  const go = (next: number) => {
    if (!isAll && next > starts.length && data?.nextOffset !== undefined) setStarts([...starts, data.nextOffset]);
    setPage(next);
  };
  const columns = useColumns(data?.classes ?? summary.classes.map(({ name }) => name), onRow);
  const hasNext = data?.nextOffset !== undefined && !isPlaceholderData;
  return (
    <div className="openable-rows">
      <Table
        trackBy={({ row }) => String(row)}
        wrapLines
        items={data?.items ?? []}
        onRowClick={({ detail }) => openClickedRow(() => onRow(detail.item.row))}
        loading={isFetching && (!data || isPlaceholderData)}
        loadingText={t("common.loading")}
        ariaLabels={{ tableLabel: t("diagnosis.rows") }}
        columnDefinitions={columns}
        columnDisplay={columns.map(({ id = "" }) => ({ id, visible: visible.includes(id) }))}
        header={
          <Header variant="h2" counter={`(${formats.integer(summary.rows)})`} description={t("diagnosis.rowsHint")}>
            {t("diagnosis.rows")}
          </Header>
        }
        filter={
          <ResultFilters
            filter={filter}
            classes={summary.classes.map(({ name }) => name)}
            hasUnknown={summary.unknownRows !== undefined}
            hasAnomalies={summary.anomalies !== undefined}
            onChange={change}
          />
        }
        pagination={
          <Pager
            page={page}
            pages={isAll ? Math.ceil(summary.rows / limit) : starts.length}
            openEnd={!isAll && hasNext}
            disabled={isFetching && isPlaceholderData}
            onChange={go}
          />
        }
        preferences={
          <CollectionPreferences
            title={t("diagnosis.columns")}
            confirmLabel={t("diagnosis.apply")}
            cancelLabel={t("common.cancel")}
            preferences={{ pageSize: limit, visibleContent: [...visible] }}
            pageSizePreference={{
              title: t("diagnosis.pageSize"),
              options: pageSizes.map((value) => ({ value, label: t("diagnosis.rowsPerPage", { number: value }) })),
            }}
            visibleContentPreference={{
              title: t("diagnosis.columns"),
              options: [
                {
                  label: t("diagnosis.columns"),
                  options: columns.map(({ id = "", header }) => ({
                    id,
                    label: String(header),
                    editable: id !== "row",
                  })),
                },
              ],
            }}
            onConfirm={({ detail: { visibleContent, pageSize } }) => {
              changeView({
                columns: (visibleContent ?? usualColumns).slice(0, mostKeptColumns),
                pageSize: pageSize ?? limit,
              });
              toFirst();
            }}
          />
        }
        empty={
          error ? (
            <ErrorAlert error={error} onRetry={() => void refetch()} />
          ) : (
            <Box textAlign="center">
              <Box padding={{ bottom: "s" }}>{t("diagnosis.noRows")}</Box>
              {!isAll && <Button onClick={() => change(noFilter)}>{t("diagnosis.clearFilter")}</Button>}
            </Box>
          )
        }
      />
    </div>
  );
}

function useColumns(
  classes: readonly string[],
  onRow: (row: number) => void,
): readonly TableProps.ColumnDefinition<ResultRow>[] {
  const { t } = useTranslation();
  const formats = useFormats();
  return [
    {
      id: "row",
      header: t("common.row"),
      isRowHeader: true,
      cell: ({ row }) => (
        <Link
          href="#"
          ariaLabel={t("diagnosis.openRow", { row: formats.integer(row) })}
          onFollow={(event) => {
            event.preventDefault();
            onRow(row);
          }}
        >
          {formats.integer(row)}
        </Link>
      ),
    },
    { id: "id", header: t("diagnosis.id"), cell: ({ id }) => (id == null ? t("common.none") : visible(id)) },
    { id: "diagnosis", header: t("diagnosis.diagnosis"), cell: ({ diagnosis }) => visible(diagnosis) },
    { id: "confidence", header: t("diagnosis.confidence"), cell: ({ confidence }) => formats.percent(confidence) },
    {
      id: "unknown",
      header: t("diagnosis.unknown"),
      cell: ({ unknown }) => (unknown === undefined ? t("common.none") : t(unknown ? "common.yes" : "common.no")),
    },
    {
      id: "novelty",
      header: t("diagnosis.axis.novelty"),
      cell: ({ novelty }) => (novelty === undefined ? t("common.none") : formats.number(novelty)),
    },
    {
      id: "anomalous",
      header: t("diagnosis.anomalous"),
      cell: ({ anomalous }) => (anomalous === undefined ? t("common.none") : t(anomalous ? "common.yes" : "common.no")),
    },
    {
      id: "kpisBeyond",
      header: t("diagnosis.kpisBeyond"),
      cell: ({ kpisBeyond }) => (kpisBeyond === undefined ? t("common.none") : formats.integer(kpisBeyond)),
    },
    ...classes.map((name, index) => ({
      id: `p:${name}`,
      header: t("diagnosis.probabilityOf", { name }),
      cell: ({ probabilities }: ResultRow) => formats.percent(probabilities[index] ?? 0),
    })),
  ];
}
