import type { KpiImportance } from "@systemhealer/ml/pipeline/report";
import type { Output } from "../output.ts";
import { formatTable } from "./table.ts";
import { formatScore } from "./units.ts";

const mostKpis = 10;

/** The KPIs that a model would miss most, with the bounds of a 95 % interval. */
export function importanceTable(output: Output, importance: readonly KpiImportance[]): string {
  const header = [output.text("column-kpi"), output.text("column-importance"), output.text("column-interval")];
  return formatTable(
    header,
    importance
      .slice(0, mostKpis)
      .map(({ name, mean, low, high }) => [name, formatDrop(mean), `${formatDrop(low)} … ${formatDrop(high)}`]),
  );
}

/** No minus sign before a zero. */
function formatDrop(value: number): string {
  return formatScore(value).replace(/^-(?=0\.0*$)/, "");
}
