import type { InferenceOptions, LabelledTarget, SourceRows, View } from "../task.ts";
import { fillGaps, mediansOf, type RowPart, rowsOf, samplesOf } from "./view-rows.ts";

const shape = { trees: 150, columnShare: 0.4, minLeafRows: 1 };
/** What the labelled rows of the target weigh together, of the source's weight. */
const labelledShare = 0.1;

/**
 * Learns from the source, and the labelled rows of the target where there are some, in one view.
 * @returns `target rows × classCount` probabilities
 */
export async function fitView(
  learner: "extra-trees" | "boosting",
  view: View,
  source: SourceRows,
  labelled: LabelledTarget | undefined,
  { pool, seed }: InferenceOptions,
): Promise<Float64Array> {
  const forest = learner === "extra-trees";
  const fillers = forest ? mediansOf(view.source) : undefined;
  const sourceColumns = fillers ? fillGaps(view.source, fillers) : view.source;
  const targetColumns = fillers ? fillGaps(view.target, fillers) : view.target;
  const parts: RowPart[] = [{ columns: sourceColumns, labels: source.labels, weights: source.weights }];
  if (labelled) {
    const weight = (source.rowCount * labelledShare) / labelled.rows.length;
    const weights = new Float32Array(labelled.rows.length).fill(weight);
    parts.push({ columns: targetColumns, rows: labelled.rows, labels: labelled.labels, weights });
  }
  const samples = samplesOf(parts, source.classCount);
  const job = { learner: forest ? shape : ("boosting" as const), samples, rows: rowsOf(targetColumns) };
  return (await pool.run({ ...job, seed })).answers;
}
