import Badge from "@cloudscape-design/components/badge";
import Box from "@cloudscape-design/components/box";
import Header from "@cloudscape-design/components/header";
import Table, { type TableProps } from "@cloudscape-design/components/table";
import type { DatasetStatus, DatasetView } from "@systemhealer/contract/dataset";
import { useInfiniteQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useFormats } from "../../i18n/use-formats.ts";
import { useQueries } from "../../lib/use-queries.ts";
import { ErrorAlert } from "../../ui/ErrorAlert.tsx";
import { ListName } from "../../ui/ListName.tsx";
import { Pager } from "../../ui/Pager.tsx";
import { TagList } from "../../ui/TagList.tsx";
import { usePendingIds } from "../../ui/use-undoable.ts";
import { DatasetBatch } from "./DatasetBatch.tsx";

export function DatasetTable({ status }: { readonly status: DatasetStatus }) {
  const { t } = useTranslation();
  const { data, error, isPending, isFetchingNextPage, hasNextPage, fetchNextPage, refetch } = useInfiniteQuery(
    useQueries().datasets(status),
  );
  const pending = usePendingIds();
  const [page, setPage] = useState(1);
  const [selectedIds, select] = useState<ReadonlySet<string>>(new Set());
  const pages = data?.pages ?? [];
  const items = (pages[page - 1]?.items ?? []).filter(({ datasetId }) => !pending.has(datasetId));
  const selected = items.filter(({ datasetId }) => selectedIds.has(datasetId));
  const columns = useColumns(status);

  // A list that is there stays when it cannot be read anew, with what was chosen and typed in it.
  if (error && pages.length === 0) return <ErrorAlert error={error} onRetry={() => void refetch()} />;
  return (
    <Table
      variant="container"
      trackBy="datasetId"
      items={items}
      loading={isPending || isFetchingNextPage}
      loadingText={t("common.loading")}
      columnDefinitions={columns}
      wrapLines
      selectionType="multi"
      selectedItems={selected}
      onSelectionChange={({ detail }) => select(new Set(detail.selectedItems.map(({ datasetId }) => datasetId)))}
      ariaLabels={{
        tableLabel: t(`data.status.${status}`),
        selectionGroupLabel: t("data.title"),
        allItemsSelectionLabel: () => t("data.title"),
        itemSelectionLabel: (_, { name }) => name,
      }}
      header={
        <Header
          variant="h2"
          actions={<DatasetBatch canTrain={status === "ready"} selected={selected} onDone={() => select(new Set())} />}
        >
          {t(`data.status.${status}`)}
        </Header>
      }
      empty={<Box textAlign="center">{t(`data.empty.${status}`)}</Box>}
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

function useColumns(status: DatasetStatus): TableProps.ColumnDefinition<DatasetView>[] {
  const { t } = useTranslation();
  const formats = useFormats();
  const ready: TableProps.ColumnDefinition<DatasetView>[] = [
    {
      id: "rows",
      header: t("common.rows"),
      minWidth: 80,
      cell: (item) => (item.status === "ready" ? formats.integer(item.rows) : ""),
    },
    {
      id: "kpis",
      header: t("data.kpis"),
      minWidth: 80,
      cell: (item) => (item.status === "ready" ? formats.integer(item.featureCount) : ""),
    },
  ];
  return [
    {
      id: "name",
      header: t("common.name"),
      isRowHeader: true,
      minWidth: 160,
      cell: ({ datasetId, name, tags }) => (
        <>
          <ListName to={`/data/${datasetId}`} name={name} />
          <TagList tags={tags} />
        </>
      ),
    },
    {
      id: "purpose",
      header: t("data.purposeLabel"),
      minWidth: 100,
      cell: ({ purpose }) => (
        <Badge color={purpose === "training" ? "blue" : "grey"}>{t(`data.purpose.${purpose}`)}</Badge>
      ),
    },
    ...(status === "ready" ? ready : []),
    { id: "size", header: t("data.size"), minWidth: 100, cell: ({ sizeBytes }) => formats.bytes(sizeBytes) },
    { id: "created", header: t("common.created"), minWidth: 180, cell: ({ createdAt }) => formats.time(createdAt) },
  ];
}
