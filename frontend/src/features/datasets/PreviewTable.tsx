import ExpandableSection from "@cloudscape-design/components/expandable-section";
import Table from "@cloudscape-design/components/table";
import { visible } from "@systemhealer/contract/visible";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useFormats } from "../../i18n/use-formats.ts";
import { useQueries } from "../../lib/use-queries.ts";
import { ErrorAlert } from "../../ui/ErrorAlert.tsx";
import { Pager } from "../../ui/Pager.tsx";

const columnsPerPage = 8;

/** The first rows as they stand in the file; fetched once they are asked for, some columns at a time. */
export function PreviewTable({ datasetId }: { readonly datasetId: string }) {
  const { t } = useTranslation();
  const formats = useFormats();
  const [isOpen, setOpen] = useState(false);
  const [page, setPage] = useState(1);
  const { data, error, isPending, refetch } = useQuery({
    ...useQueries().datasetPreview(datasetId),
    enabled: isOpen,
  });
  const first = (page - 1) * columnsPerPage;
  const columns = data?.columns.slice(first, first + columnsPerPage) ?? [];
  const rows = (data?.rows ?? []).map((cells, index) => ({ number: index + 1, cells }));
  return (
    <ExpandableSection
      variant="container"
      headerText={t("data.preview")}
      headingTagOverride="h2"
      expanded={isOpen}
      onChange={({ detail }) => setOpen(detail.expanded)}
    >
      <ErrorAlert error={error} onRetry={() => void refetch()} />
      {!error && (
        <Table
          variant="embedded"
          contentDensity="compact"
          trackBy={({ number }) => String(number)}
          items={rows}
          loading={isPending}
          loadingText={t("common.loading")}
          ariaLabels={{ tableLabel: t("data.preview") }}
          pagination={
            data && <Pager page={page} pages={Math.ceil(data.columns.length / columnsPerPage)} onChange={setPage} />
          }
          filter={
            data &&
            t("data.previewHint", {
              rows: formats.integer(rows.length),
              all: formats.integer(data.totalRows),
              from: formats.integer(first + 1),
              to: formats.integer(first + columns.length),
              columns: formats.integer(data.columns.length),
            })
          }
          columnDefinitions={[
            {
              id: "row",
              header: t("common.row"),
              isRowHeader: true,
              cell: ({ number }: (typeof rows)[number]) => formats.integer(number),
            },
            ...columns.map((name, index) => ({
              id: `${first + index}`,
              header: visible(name),
              cell: ({ cells }: (typeof rows)[number]) => visible(cells[first + index] ?? "") || t("common.none"),
            })),
          ]}
        />
      )}
    </ExpandableSection>
  );
}
