import Box from "@cloudscape-design/components/box";
import Button from "@cloudscape-design/components/button";
import Header from "@cloudscape-design/components/header";
import SpaceBetween from "@cloudscape-design/components/space-between";
import Table from "@cloudscape-design/components/table";
import type { ModelView } from "@systemhealer/contract/model";
import { useInfiniteQuery } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { useNavigate } from "react-router";
import { useFormats } from "../../i18n/use-formats.ts";
import { useAddressFilter } from "../../lib/use-address-filter.ts";
import { useQueries } from "../../lib/use-queries.ts";
import { ErrorAlert } from "../../ui/ErrorAlert.tsx";
import { Pager } from "../../ui/Pager.tsx";
import { useRefusal } from "../../ui/use-refusal.ts";
import { usePendingIds } from "../../ui/use-undoable.ts";
import { compareAddress, maxCompared } from "./compared.ts";
import { ModelFilters } from "./ModelFilters.tsx";
import { addressOf, filterModels, type ModelSort, modelFilterOf, modelSorts, sortModels } from "./model-list.ts";
import { useDeleteModels } from "./use-model-changes.ts";
import { useModelColumns } from "./use-model-columns.tsx";

const pageSize = 20;

/** All models: sorted, searched and filtered in the page; several can be compared or deleted at once. */
export function ModelTable() {
  const { t } = useTranslation();
  const formats = useFormats();
  const { models, isPending, isCut, error, refetch } = useModels();
  const [filter, changeFilter] = useAddressFilter(modelFilterOf, addressOf);
  const [sort, setSort] = useState<{ readonly by: ModelSort; readonly descending: boolean }>({
    by: "trained",
    descending: true,
  });
  const [page, setPage] = useState(1);
  const [selectedIds, select] = useState<ReadonlySet<string>>(new Set());
  const columns = useModelColumns();
  const found = sortModels(filterModels(models, filter), sort.by, sort.descending);
  const selected = found.filter(({ modelId }) => selectedIds.has(modelId));
  const pages = Math.max(1, Math.ceil(found.length / pageSize));
  const shown = Math.min(page, pages);

  // A list that is there stays when it cannot be read anew, with what was chosen and typed in it.
  if (error && models.length === 0) return <ErrorAlert error={error} onRetry={refetch} />;
  return (
    <Table
      trackBy="modelId"
      wrapLines
      items={found.slice((shown - 1) * pageSize, shown * pageSize)}
      loading={isPending}
      loadingText={t("common.loading")}
      columnDefinitions={columns}
      sortingColumn={{ sortingField: sort.by }}
      sortingDescending={sort.descending}
      onSortingChange={({ detail }) => {
        const by = modelSorts.find((known) => known === detail.sortingColumn.sortingField);
        if (by) setSort({ by, descending: detail.isDescending ?? false });
      }}
      selectionType="multi"
      selectedItems={selected}
      onSelectionChange={({ detail }) => select(new Set(detail.selectedItems.map(({ modelId }) => modelId)))}
      ariaLabels={{
        tableLabel: t("models.title"),
        selectionGroupLabel: t("models.title"),
        allItemsSelectionLabel: () => t("models.title"),
        itemSelectionLabel: (_, { name }) => name,
      }}
      header={
        <Header
          variant="h2"
          counter={selected.length > 0 ? `(${selected.length}/${found.length})` : `(${formats.integer(found.length)})`}
          description={isCut ? t("models.onlyNewest", { number: formats.integer(models.length) }) : undefined}
          actions={<BatchActions selected={selected} onDone={() => select(new Set())} />}
        >
          {t("models.title")}
        </Header>
      }
      filter={
        <ModelFilters
          models={models}
          filter={filter}
          onChange={(part) => {
            changeFilter(part);
            setPage(1);
          }}
        />
      }
      pagination={<Pager page={shown} pages={pages} onChange={setPage} />}
      empty={<Box textAlign="center">{t(models.length === 0 ? "models.empty" : "models.noMatch")}</Box>}
    />
  );
}

/** Every model but those about to be deleted, fetched page by page. */
function useModels() {
  const query = useInfiniteQuery(useQueries().models());
  const pending = usePendingIds();
  const { data, hasNextPage, isFetchingNextPage, fetchNextPage } = query;
  useEffect(() => {
    if (hasNextPage && !isFetchingNextPage) void fetchNextPage();
  }, [hasNextPage, isFetchingNextPage, fetchNextPage]);
  const pages = data?.pages ?? [];
  return {
    models: pages.flatMap(({ items }) => items).filter(({ modelId }) => !pending.has(modelId)),
    isPending: query.isPending,
    isCut: !hasNextPage && pages.at(-1)?.nextCursor !== undefined,
    error: query.error,
    refetch: () => void query.refetch(),
  };
}

interface BatchActionsProps {
  readonly selected: readonly ModelView[];
  readonly onDone: () => void;
}

function BatchActions({ selected, onDone }: BatchActionsProps) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const remove = useDeleteModels();
  const refusal = useRefusal();
  const isComparable = selected.length >= 2 && selected.length <= maxCompared;
  return (
    <SpaceBetween direction="horizontal" size="xs">
      <Button
        disabled={selected.length === 0}
        {...refusal()}
        onClick={() => {
          remove(selected);
          onDone();
        }}
      >
        {t("models.delete")}
      </Button>
      <Button
        disabled={!isComparable}
        disabledReason={t("models.compareRange", { most: maxCompared })}
        onClick={() => void navigate(compareAddress(selected.map(({ modelId }) => modelId)))}
      >
        {t("models.compare")}
      </Button>
    </SpaceBetween>
  );
}
