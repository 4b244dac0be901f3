import { encodeCell } from "../table/results-csv.ts";
import type { Table } from "../table/table.ts";
import type { DetectedRow } from "./detect-rows.ts";

const toldKpis = 5;

/** First line: `row`, `id` and `node` where the table has them, `anomalous`, `kpis_beyond`, `excess`, `kpis` */
export function anomaliesHeader(table: Pick<Table, "nodes"> & { readonly sampleIds?: readonly string[] }): string {
  const own = [...(table.sampleIds ? ["id"] : []), ...(table.nodes ? ["node"] : [])];
  return `${["row", ...own, "anomalous", "kpis_beyond", "excess", "kpis"].join()}\n`;
}

/**
 * A row, with the five KPIs furthest beyond the threshold and their z-scores: `disk_wait +7.2; cpu_load -3.4`
 * @param kpis names of the columns of the deviations
 */
export function anomalyLine(
  { row, anomalous, beyond, excess, deviations }: DetectedRow,
  table: Pick<Table, "nodes"> & { readonly sampleIds?: readonly string[] },
  kpis: readonly string[],
): string {
  const told = deviations
    .slice(0, toldKpis)
    .map(({ column, z }) => `${kpis[column]} ${z > 0 ? "+" : "-"}${Math.abs(z).toFixed(1)}`);
  const cells = [
    String(row + 1),
    ...(table.sampleIds ? [text(table.sampleIds[row])] : []),
    ...(table.nodes ? [text(table.nodes.names[table.nodes.rows[row]] ?? "")] : []),
    anomalous ? "1" : "0",
    String(beyond),
    excess.toFixed(2),
    text(told.join("; ")),
  ];
  return `${cells.join()}\n`;
}

function text(value: string): string {
  return Buffer.from(encodeCell(value)).toString();
}
