import Box from "@cloudscape-design/components/box";
import Header from "@cloudscape-design/components/header";
import Table from "@cloudscape-design/components/table";
import type { RunView } from "@systemhealer/contract/run";
import { useInfiniteQuery } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import type { RunFilter } from "../../lib/queries.ts";
import type { FilterPart } from "../../lib/use-address-filter.ts";
import { useQueries } from "../../lib/use-queries.ts";
import { ErrorAlert } from "../../ui/ErrorAlert.tsx";
import { Pager } from "../../ui/Pager.tsx";
import { usePendingIds } from "../../ui/use-undoable.ts";
import { RunBatch } from "./RunBatch.tsx";
import { RunFilters } from "./RunFilters.tsx";
import { addressOf } from "./run-filter.ts";
import { useRunColumns } from "./use-run-columns.tsx";

const pageSize = 25;

interface RunTableProps {
  readonly filter: RunFilter;
  readonly onFilter: (part: FilterPart<RunFilter>) => void;
}

/** Runs page by page; several can be cancelled, started again or deleted at once. */
export function RunTable({ filter, onFilter }: RunTableProps) {
  const { t } = useTranslation();
  const [shown, setShown] = useState({ filter, page: 1 });
  const isSame = addressOf(shown.filter).toString() === addressOf(filter).toString();
  const page = isSame ? shown.page : 1;
  const { runs, isLoading, hasNextPage, error, refetch } = useRuns(filter, page);
  const columns = useRunColumns();
  const [selectedIds, select] = useState<ReadonlySet<string>>(new Set());
  const tags = useKnownTags(runs, filter.tag);
  const pending = usePendingIds();
  const items = runs.slice((page - 1) * pageSize, page * pageSize).filter(({ runId }) => !pending.has(runId));
  const selected = items.filter(({ runId }) => selectedIds.has(runId));
  // A list that is there stays when it cannot be read anew, with what was chosen and typed in it.
  if (error && runs.length === 0) return <ErrorAlert error={error} onRetry={() => void refetch()} />;
  return (
    <Table
      trackBy="runId"
      wrapLines
      items={items}
      loading={isLoading}
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
      filter={<RunFilters filter={filter} tags={tags} onChange={onFilter} />}
      empty={<Box textAlign="center">{t(Object.keys(filter).length > 0 ? "runs.noMatch" : "runs.empty")}</Box>}
      pagination={
        <Pager
          page={page}
          pages={Math.ceil(runs.length / pageSize)}
          openEnd={hasNextPage}
          disabled={isLoading}
          onChange={(next) => setShown({ filter, page: next })}
        />
      }
    />
  );
}

/** As many runs as the page needs. What the API answers for a filter may be shorter than asked for, or empty. */
function useRuns(filter: RunFilter, page: number) {
  const query = useInfiniteQuery(useQueries().runs(filter, pageSize));
  const { data, error, isPending, isFetchingNextPage, hasNextPage, fetchNextPage } = query;
  const runs = data?.pages.flatMap(({ items }) => items) ?? [];
  const isShort = runs.length < page * pageSize && hasNextPage;
  useEffect(() => {
    if (isShort && !isFetchingNextPage && !error) void fetchNextPage();
  }, [isShort, isFetchingNextPage, error, fetchNextPage]);
  return {
    runs,
    hasNextPage,
    error,
    isLoading: isPending || isFetchingNextPage,
    refetch: () => void query.refetch(),
  };
}

/** Every tag that was seen while the page is open, so that a choice can be changed for another. */
function useKnownTags(runs: readonly RunView[], chosen: string | undefined): readonly string[] {
  const [known, setKnown] = useState<readonly string[]>([]);
  const all = [...new Set([...known, ...(chosen ? [chosen] : []), ...runs.flatMap(({ tags = [] }) => tags)])];
  if (all.length > known.length) setKnown(all.sort((one, other) => one.localeCompare(other)));
  return all;
}
