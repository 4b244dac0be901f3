import { classWeights } from "../../pipeline/class-weights.ts";
import type { SourceRows } from "../task.ts";
import type { TrainingSample } from "./training-sample.ts";

/** The training rows of a model as an adaptation takes them. */
export function sourceRows({ columns, labels, classRows }: TrainingSample): SourceRows {
  const classCount = classRows.length;
  const total = classRows.reduce((sum, rows) => sum + rows, 0);
  return {
    rowCount: labels.length,
    columns,
    labels,
    weights: classWeights(labels, classCount, "balanced"),
    classCount,
    classShares: Float64Array.from(classRows, (rows) => rows / Math.max(1, total)),
  };
}
