import Box from "@cloudscape-design/components/box";
import Button from "@cloudscape-design/components/button";
import Container from "@cloudscape-design/components/container";
import Header from "@cloudscape-design/components/header";
import Table from "@cloudscape-design/components/table";
import { type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";
import { ErrorBoundary } from "./ErrorBoundary.tsx";

export interface ChartFrameProps {
  readonly title: string;
  /** What the chart shows, as a table: for those who cannot see it, and where it cannot be drawn. */
  readonly table: { readonly columns: readonly string[]; readonly rows: readonly (readonly string[])[] };
  readonly children: ReactNode;
}

const longestTable = 500;

/** A chart with its title, and the same as a table. */
export function ChartFrame({ title, table, children }: ChartFrameProps) {
  const { t } = useTranslation();
  const [asTable, setAsTable] = useState(false);
  const header = (
    <Header
      variant="h2"
      actions={
        <Button iconName={asTable ? "view-full" : "view-horizontal"} onClick={() => setAsTable(!asTable)}>
          {t(asTable ? "common.showChart" : "common.showTable")}
        </Button>
      }
    >
      {title}
    </Header>
  );
  const drawn = <ChartTable title={title} {...table} />;
  const fallback = (
    <>
      <Box color="text-status-warning">{t("common.chartFailed")}</Box>
      {drawn}
    </>
  );
  return (
    <Container header={header}>
      {asTable ? drawn : <ErrorBoundary fallback={fallback}>{children}</ErrorBoundary>}
    </Container>
  );
}

function ChartTable({ title, columns, rows }: ChartFrameProps["table"] & { readonly title: string }) {
  return (
    <Table
      variant="embedded"
      contentDensity="compact"
      ariaLabels={{ tableLabel: title }}
      columnDefinitions={columns.map((name, index) => ({
        id: String(index),
        header: name,
        cell: (row: readonly string[]) => row[index],
        isRowHeader: index === 0,
      }))}
      items={rows.slice(0, longestTable)}
    />
  );
}
