import Box from "@cloudscape-design/components/box";
import Header from "@cloudscape-design/components/header";
import Table, { type TableProps } from "@cloudscape-design/components/table";
import type { FeatureProfile } from "@systemhealer/contract/profile";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useFormats } from "../../i18n/use-formats.ts";
import { KpiFilter } from "../../ui/KpiFilter.tsx";
import { Name } from "../../ui/Name.tsx";
import { Pager } from "../../ui/Pager.tsx";

const pageSize = 20;

export interface FeatureTableProps {
  readonly features: readonly FeatureProfile[];
  readonly rows: number;
}

/** Each KPI with its ranges; a page at a time. */
export function FeatureTable({ features, rows }: FeatureTableProps) {
  const { t } = useTranslation();
  const formats = useFormats();
  const [filter, setFilter] = useState("");
  const [page, setPage] = useState(1);
  const wanted = filter.trim().toLowerCase();
  const found = features.filter(({ name }) => name.toLowerCase().includes(wanted));
  return (
    <Table
      trackBy="name"
      items={found.slice((page - 1) * pageSize, page * pageSize)}
      columnDefinitions={useColumns(rows)}
      ariaLabels={{ tableLabel: t("data.features") }}
      header={
        <Header variant="h2" counter={`(${formats.integer(found.length)})`}>
          {t("data.features")}
        </Header>
      }
      filter={
        <KpiFilter
          text={filter}
          onChange={(text) => {
            setFilter(text);
            setPage(1);
          }}
        />
      }
      pagination={<Pager page={page} pages={Math.ceil(found.length / pageSize)} onChange={setPage} />}
      empty={<Box textAlign="center">{t("data.noMatch")}</Box>}
    />
  );
}

function useColumns(rows: number): TableProps.ColumnDefinition<FeatureProfile>[] {
  const { t } = useTranslation();
  const { number, percent } = useFormats();
  const numeric = (id: string, header: string, read: (feature: FeatureProfile) => number | null) => ({
    id,
    header,
    cell: (feature: FeatureProfile) => number(read(feature)),
  });
  return [
    {
      id: "name",
      header: t("data.feature"),
      isRowHeader: true,
      cell: ({ name, constant }) =>
        constant ? t("common.withDetail", { name, detail: t("data.constant") }) : <Name>{name}</Name>,
    },
    {
      id: "missing",
      header: t("data.missing"),
      cell: ({ missing }) => percent(rows === 0 ? 0 : missing / rows),
    },
    numeric("min", t("data.min"), ({ min }) => min),
    {
      id: "normal",
      header: t("data.normalRange"),
      cell: ({ quantiles }) => (quantiles ? `${number(quantiles[0]!)} … ${number(quantiles[4]!)}` : t("common.none")),
    },
    numeric("median", t("data.median"), ({ quantiles }) => quantiles?.[2] ?? null),
    numeric("mean", t("data.mean"), ({ mean }) => mean),
    numeric("max", t("data.max"), ({ max }) => max),
  ];
}
