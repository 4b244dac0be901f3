import Box from "@cloudscape-design/components/box";
import Header from "@cloudscape-design/components/header";
import Table, { type TableProps } from "@cloudscape-design/components/table";
import type { AuditEntryView } from "@systemhealer/contract/audit";
import { useInfiniteQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useFormats } from "../../i18n/use-formats.ts";
import type { AuditFilter } from "../../lib/queries.ts";
import { useQueries } from "../../lib/use-queries.ts";
import { ErrorAlert } from "../../ui/ErrorAlert.tsx";
import { Page } from "../../ui/Page.tsx";
import { Pager } from "../../ui/Pager.tsx";
import { RouterLink } from "../../ui/RouterLink.tsx";
import { AuditDownload } from "./AuditDownload.tsx";
import { AuditFilters } from "./AuditFilters.tsx";
import { detailsText, pageOf } from "./audit-rows.ts";
import { useOperationName } from "./use-operation-name.ts";
import "./admin.css";

/** Who did what when, page by page. */
export function AuditPage() {
  const { t } = useTranslation();
  const [filter, setFilter] = useState<AuditFilter>({});
  const [page, setPage] = useState(1);
  const columns = useAuditColumns();
  const query = useInfiniteQuery(useQueries().audit(filter));
  const pages = query.data?.pages ?? [];
  const isFiltered = Object.keys(filter).length > 0;
  const turnTo = async (wanted: number) => {
    if (wanted > pages.length && query.hasNextPage) await query.fetchNextPage();
    setPage(wanted);
  };
  return (
    <Page
      title={t("admin.audit.title")}
      description={t("admin.audit.description")}
      actions={<AuditDownload filter={filter} />}
    >
      <ErrorAlert error={query.error} onRetry={() => void query.refetch()} />
      <Table
        trackBy="auditId"
        wrapLines
        items={pages[Math.min(page, pages.length) - 1]?.items ?? []}
        loading={query.isPending || query.isFetchingNextPage}
        loadingText={t("common.loading")}
        columnDefinitions={columns}
        ariaLabels={{ tableLabel: t("admin.audit.table") }}
        header={<Header variant="h2">{t("admin.audit.table")}</Header>}
        filter={
          <AuditFilters
            onChange={(next) => {
              setFilter(next);
              setPage(1);
            }}
          />
        }
        pagination={
          <Pager
            page={Math.min(page, Math.max(1, pages.length))}
            pages={pages.length}
            openEnd={query.hasNextPage}
            disabled={query.isFetching && pages.length === 0}
            onChange={(wanted) => void turnTo(wanted)}
          />
        }
        empty={<Box textAlign="center">{t(isFiltered ? "admin.audit.noMatch" : "admin.audit.empty")}</Box>}
      />
    </Page>
  );
}

function useAuditColumns(): TableProps.ColumnDefinition<AuditEntryView>[] {
  const { t } = useTranslation();
  const formats = useFormats();
  const operationName = useOperationName();
  return [
    { id: "at", header: t("admin.audit.at"), minWidth: 190, cell: ({ at }) => formats.time(at) },
    {
      id: "operation",
      header: t("admin.audit.operation"),
      isRowHeader: true,
      minWidth: 150,
      cell: ({ operation }) => operationName(operation),
    },
    {
      id: "actor",
      header: t("admin.audit.actor"),
      minWidth: 220,
      cell: ({ email }) => <span className="breakable">{email}</span>,
    },
    {
      id: "target",
      header: t("admin.audit.target"),
      minWidth: 280,
      cell: (entry) => {
        const page = pageOf(entry);
        if (entry.target === null) return t("common.none");
        return (
          <span className="breakable">{page ? <RouterLink to={page}>{entry.target}</RouterLink> : entry.target}</span>
        );
      },
    },
    {
      id: "details",
      header: t("admin.audit.details"),
      minWidth: 280,
      cell: ({ details }) => <span className="breakable">{detailsText(details) || t("common.none")}</span>,
    },
  ];
}
