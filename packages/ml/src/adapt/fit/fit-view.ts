import type { InferenceOptions, SourceRows, View } from "../task.ts";
import { fillGaps, mediansOf, rowsOf, samplesOf } from "./view-rows.ts";

const shape = { trees: 150, columnShare: 0.4, minLeafRows: 1 };

/**
 * Learns from the source in one view.
 * @returns `target rows × classCount` probabilities
 */
export async function fitView(
  learner: "extra-trees" | "boosting",
  view: View,
  source: SourceRows,
  { pool, seed }: InferenceOptions,
): Promise<Float64Array> {
  const forest = learner === "extra-trees";
  const fillers = forest ? mediansOf(view.source) : undefined;
  const sourceColumns = fillers ? fillGaps(view.source, fillers) : view.source;
  const targetColumns = fillers ? fillGaps(view.target, fillers) : view.target;
  const samples = samplesOf(
    [{ columns: sourceColumns, labels: source.labels, weights: source.weights }],
    source.classCount,
  );
  const job = { learner: forest ? shape : ("boosting" as const), samples, rows: rowsOf(targetColumns) };
  return (await pool.run({ ...job, seed })).answers;
}
