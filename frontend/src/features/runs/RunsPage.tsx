import Box from "@cloudscape-design/components/box";
import Header from "@cloudscape-design/components/header";
import Select from "@cloudscape-design/components/select";
import Table, { type TableProps } from "@cloudscape-design/components/table";
import { type RunView, runStatuses } from "@systemhealer/contract/run";
import { useInfiniteQuery } from "@tanstack/react-query";
import { type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";
import { useSearchParams } from "react-router";
import { useFormats } from "../../i18n/use-formats.ts";
import { useQueries } from "../../lib/use-queries.ts";
import { ErrorAlert } from "../../ui/ErrorAlert.tsx";
import { LinkButton } from "../../ui/LinkButton.tsx";
import { Page } from "../../ui/Page.tsx";
import { Pager } from "../../ui/Pager.tsx";
import { RouterLink } from "../../ui/RouterLink.tsx";
import { RunStatusIndicator } from "../../ui/StatusIndicators.tsx";
import { elapsedSeconds } from "./run-times.ts";

export function RunsPage() {
  const { t } = useTranslation();
  const [search, setSearch] = useSearchParams();
  const status = runStatuses.find((known) => known === search.get("status"));
  const label = (value: string) => {
    const known = runStatuses.find((entry) => entry === value);
    return known ? t(`runs.status.${known}`) : t("runs.all");
  };
  return (
    <Page
      title={t("runs.title")}
      description={t("runs.description")}
      actions={
        <LinkButton to="/train" variant="primary">
          {t("train.title")}
        </LinkButton>
      }
    >
      <RunTable
        key={status ?? "all"}
        status={status}
        filter={
          <Select
            ariaLabel={t("runs.filter")}
            inlineLabelText={t("runs.filter")}
            selectedOption={{ value: status ?? "all", label: label(status ?? "all") }}
            options={["all", ...runStatuses].map((value) => ({ value, label: label(value) }))}
            onChange={({ detail }) => {
              const { value = "all" } = detail.selectedOption;
              setSearch(value === "all" ? {} : { status: value }, { replace: true });
            }}
          />
        }
      />
    </Page>
  );
}

interface RunTableProps {
  readonly status: RunView["status"] | undefined;
  readonly filter: ReactNode;
}

function RunTable({ status, filter }: RunTableProps) {
  const { t } = useTranslation();
  const [page, setPage] = useState(1);
  const { data, error, isPending, isFetchingNextPage, hasNextPage, fetchNextPage, refetch } = useInfiniteQuery(
    useQueries().runs(status),
  );
  const columns = useColumns();
  const pages = data?.pages ?? [];
  if (error) return <ErrorAlert error={error} onRetry={() => void refetch()} />;
  return (
    <Table
      trackBy="runId"
      wrapLines
      items={pages[page - 1]?.items ?? []}
      loading={isPending || isFetchingNextPage}
      loadingText={t("common.loading")}
      ariaLabels={{ tableLabel: t("runs.title") }}
      columnDefinitions={columns}
      header={<Header variant="h2">{t("runs.title")}</Header>}
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

function useColumns(): TableProps.ColumnDefinition<RunView>[] {
  const { t } = useTranslation();
  const formats = useFormats();
  return [
    {
      id: "name",
      header: t("common.name"),
      isRowHeader: true,
      minWidth: 160,
      cell: ({ runId, name }) => <RouterLink to={`/runs/${runId}`}>{name}</RouterLink>,
    },
    { id: "kind", header: t("runs.kindLabel"), cell: ({ kind }) => t(`runs.kind.${kind}`) },
    {
      id: "status",
      header: t("common.status"),
      minWidth: 110,
      cell: ({ status }) => <RunStatusIndicator status={status} />,
    },
    {
      id: "result",
      header: t("runs.result"),
      cell: (run) => {
        if (run.status === "running") return formats.percent(run.progress.fraction);
        if (run.status !== "succeeded") return t("common.none");
        if (run.kind === "training") return `${t("home.macroF1")} ${formats.number(run.result.macroF1)}`;
        return `${t("common.rows")} ${formats.integer(run.result.rows)}`;
      },
    },
    {
      id: "elapsed",
      header: t("runs.elapsed"),
      cell: (run) => {
        const seconds = elapsedSeconds(run, Date.now());
        return seconds === undefined ? t("common.none") : formats.duration(seconds);
      },
    },
    { id: "created", header: t("common.created"), minWidth: 140, cell: ({ createdAt }) => formats.time(createdAt) },
  ];
}
