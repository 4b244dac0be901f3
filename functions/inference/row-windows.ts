import type { SampleRow } from "@systemhealer/contract/diagnosis";
import type { DiagnosisCard } from "@systemhealer/ml/diagnose/diagnosis-model";
import { gatherWindows } from "@systemhealer/ml/pipeline/predict-rows";
import { stepsOf } from "@systemhealer/ml/window/card-window";
import { momentOf, previousRows } from "@systemhealer/ml/window/series";
import { seriesColumns } from "@systemhealer/ml/window/series-columns";

/**
 * What a model takes for each row: the row, or with a model for windows the rows of its node up to it, by time where
 * times are sent, else in the order of the request.
 * @param values `rows.length × features` numbers
 */
export function rowWindows(rows: readonly SampleRow[], values: Float32Array, card: DiagnosisCard): Float32Array {
  const steps = stepsOf(card);
  if (steps === 1) return values;
  const features = new Set(card.features.map(({ name }) => name));
  const names = [...new Set(rows.flatMap((row) => Object.keys(row)))].filter((name) => !features.has(name));
  const { node, time } = seriesColumns(names, [...names.keys()], card.window);
  const [nodeName, timeName] = [names[node], names[time]];
  const numbers = new Map<unknown, number>();
  const nodes = rows.map((row) => {
    const name = nodeName === undefined ? "" : String(row[nodeName] ?? "");
    const number = numbers.get(name) ?? numbers.size;
    numbers.set(name, number);
    return number;
  });
  const times = timeName === undefined ? undefined : rows.map((row) => momentOf(String(row[timeName] ?? "")));
  const raw = { columnCount: features.size, values, previous: previousRows(nodes, times) };
  return gatherWindows(raw, Int32Array.from(rows.keys()), steps);
}

/** Columns that are no KPIs and yet looked at. */
export function seriesNames(names: readonly string[], card: DiagnosisCard): readonly string[] {
  if (!card.window) return [];
  const { node, time } = seriesColumns(names, [...names.keys()], card.window);
  return [names[node], names[time]].filter((name) => name !== undefined);
}
