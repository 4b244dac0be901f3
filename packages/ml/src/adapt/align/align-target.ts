import { createPacer } from "../../pacer.ts";
import { quantile } from "../../preprocess/quantile.ts";
import { presentInOrder } from "../statistics/weighted-quantiles.ts";
import type { SourceRows } from "../task.ts";
import type { Pair } from "../views/prepare-views.ts";
import { classQuantiles } from "./class-quantiles.ts";
import { robustLine } from "./robust-line.ts";

/** A class that the target has less of says nothing of its place there. */
const leastMass = 8;

/** `source ≈ slope · target + offset`. */
export interface KpiLine {
  readonly slope: number;
  readonly offset: number;
}

/** The KPI is not brought to other terms. */
const same: KpiLine = { slope: 1, offset: 0 };

/**
 * Finds where each KPI of the target is in the source's terms: one line per KPI through the quantiles of the classes, by
 * absolute residuals so that a class of which the diagnosis is wrong, or which behaves differently, does not bend it.
 * @param raw the KPIs of both files
 * @param posterior `target rows × classCount`
 * @returns a line per KPI, rising
 */
export async function alignTarget(
  raw: Pair,
  source: SourceRows,
  posterior: Float64Array,
  signal?: AbortSignal,
): Promise<KpiLine[]> {
  const pacer = createPacer(signal);
  const { classCount, labels } = source;
  const members = Array.from({ length: classCount }, (_, label) => labels.map((own) => (own === label ? 1 : 0)));
  const weights = sharpened(posterior, classCount);
  const masses = weights.map((column) => column.reduce((sum, weight) => sum + weight, 0));
  const lines: KpiLine[] = [];
  for (const [kpi, column] of raw.target.entries()) {
    await pacer.giveWay();
    const sourceOrder = presentInOrder(raw.source[kpi]);
    const targetOrder = presentInOrder(column);
    const from: number[] = [];
    const to: number[] = [];
    let classes = 0;
    for (let label = 0; label < classCount; label++) {
      if (masses[label] < leastMass) continue;
      const inSource = classQuantiles(raw.source[kpi], sourceOrder, members[label]);
      const inTarget = classQuantiles(column, targetOrder, weights[label]);
      if (!inSource || !inTarget) continue;
      from.push(...inTarget);
      to.push(...inSource);
      classes++;
    }
    lines.push(classes < 2 ? same : lineThrough(from, to));
  }
  return lines;
}

/** Target columns in the source's terms. */
export function toSource(columns: readonly Float32Array[], lines: readonly KpiLine[]): Float32Array[] {
  return columns.map((column, kpi) => column.map((value) => value * lines[kpi].slope + lines[kpi].offset));
}

/** Source columns in the target's terms. */
export function toTarget(columns: readonly Float32Array[], lines: readonly KpiLine[]): Float32Array[] {
  return columns.map((column, kpi) => column.map((value) => (value - lines[kpi].offset) / lines[kpi].slope));
}

/** Per class, p² / Σ p² of each row: what a row is unsure of counts less. */
function sharpened(posterior: Float64Array, classCount: number): Float64Array[] {
  const rows = posterior.length / classCount;
  const columns = Array.from({ length: classCount }, () => new Float64Array(rows));
  for (let row = 0; row < rows; row++) {
    let sum = 0;
    for (let label = 0; label < classCount; label++) sum += posterior[row * classCount + label];
    for (let label = 0; label < classCount; label++)
      columns[label][row] = posterior[row * classCount + label] ** 2 / sum;
  }
  return columns;
}

function lineThrough(from: readonly number[], to: readonly number[]): KpiLine {
  const own = scaleOf(from);
  const wanted = scaleOf(to);
  const unit = robustLine(
    from.map((value) => (value - own.centre) / own.spread),
    to.map((value) => (value - wanted.centre) / wanted.spread),
  );
  const slope = (unit.slope * wanted.spread) / own.spread;
  return { slope, offset: wanted.centre + unit.offset * wanted.spread - slope * own.centre };
}

function scaleOf(values: readonly number[]): { centre: number; spread: number } {
  const sorted = Float64Array.from(values).sort();
  const centre = quantile(sorted, 0.5);
  const mean = sorted.reduce((sum, value) => sum + value, 0) / sorted.length;
  const deviation = Math.sqrt(sorted.reduce((sum, value) => sum + (value - mean) ** 2, 0) / sorted.length);
  return { centre, spread: quantile(sorted, 0.75) - quantile(sorted, 0.25) || deviation || 1 };
}
