import Box from "@cloudscape-design/components/box";
import Header from "@cloudscape-design/components/header";
import Table from "@cloudscape-design/components/table";
import type { RunView } from "@systemhealer/contract/run";
import { useInfiniteQuery } from "@tanstack/react-query";
import { type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";
import { useQueries } from "../../lib/use-queries.ts";
import { ErrorAlert } from "../../ui/ErrorAlert.tsx";
import { Pager } from "../../ui/Pager.tsx";
import { RunBatch } from "./RunBatch.tsx";
import { useRunColumns } from "./use-run-columns.tsx";

interface RunTableProps {
  readonly status: RunView["status"] | undefined;
  readonly filter: ReactNode;
}

/** Runs page by page; several can be cancelled or started again at once. */
export function RunTable({ status, filter }: RunTableProps) {
  const { t } = useTranslation();
  const [page, setPage] = useState(1);
  const { data, error, isPending, isFetchingNextPage, hasNextPage, fetchNextPage, refetch } = useInfiniteQuery(
    useQueries().runs(status),
  );
  const columns = useRunColumns();
  const [selectedIds, select] = useState<ReadonlySet<string>>(new Set());
  const pages = data?.pages ?? [];
  const items = pages[page - 1]?.items ?? [];
  const selected = items.filter(({ runId }) => selectedIds.has(runId));
  if (error) return <ErrorAlert error={error} onRetry={() => void refetch()} />;
  return (
    <Table
      trackBy="runId"
      wrapLines
      items={items}
      loading={isPending || isFetchingNextPage}
      loadingText={t("common.loading")}
      selectionType="multi"
      selectedItems={selected}
      onSelectionChange={({ detail }) => select(new Set(detail.selectedItems.map(({ runId }) => runId)))}
      ariaLabels={{
        tableLabel: t("runs.title"),
        selectionGroupLabel: t("runs.title"),
        allItemsSelectionLabel: () => t("runs.title"),
        itemSelectionLabel: (_, { name }) => name,
      }}
      columnDefinitions={columns}
      header={
        <Header variant="h2" actions={<RunBatch selected={selected} onDone={() => select(new Set())} />}>
          {t("runs.title")}
        </Header>
      }
      filter={filter}
      empty={<Box textAlign="center">{t("runs.empty")}</Box>}
      pagination={
        <Pager
          page={page}
          pages={pages.length}
          openEnd={hasNextPage}
          disabled={isFetchingNextPage}
          onChange={(next) => {
            if (next > pages.length) void fetchNextPage().then(() => setPage(next));
            else setPage(next);
          }}
        />
      }
    />
  );
}
