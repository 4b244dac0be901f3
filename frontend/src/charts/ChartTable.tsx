import Table from "@cloudscape-design/components/table";
import { visible } from "@systemhealer/contract/visible";
import { useState } from "react";
import { Pager } from "../ui/Pager.tsx";

export interface TableOfChart {
  readonly columns: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

const pageSize = 25;

/** What a chart shows, in figures. */
export function ChartTable({ title, columns, rows }: TableOfChart & { readonly title: string }) {
  const [page, setPage] = useState(1);
  const pages = Math.ceil(rows.length / pageSize);
  return (
    <Table
      variant="embedded"
      contentDensity="compact"
      ariaLabels={{ tableLabel: title }}
      columnDefinitions={columns.map((name, index) => ({
        id: String(index),
        header: visible(name),
        cell: (row: readonly string[]) => visible(row[index] ?? ""),
        isRowHeader: index === 0,
      }))}
      items={rows.slice((page - 1) * pageSize, page * pageSize)}
      pagination={pages > 1 && <Pager page={page} pages={pages} onChange={setPage} />}
    />
  );
}
