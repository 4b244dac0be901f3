import { type Explainer, fileEffort } from "../explain/open-explainer.ts";
import { explanationLine } from "../table/explanation-lines.ts";
import type { PredictedBatch } from "./predict-batches.ts";
import type { ReadingPlan } from "./row-batches.ts";

export interface Explaining {
  readonly explainer: Explainer;
  /** Receives lines of `explanationLine`, in the order of the rows; awaited. */
  readonly onLines: (bytes: Uint8Array) => void | Promise<void>;
  /** @returns false once no more rows are to be explained; asked every few rows. Default: there is always time */
  readonly hasTime?: () => boolean;
}

const rowsExplainedAtOnce = 16;

/**
 * Explains rows, some at a time, so that what waits to be written stays small.
 * @param width numbers that the model is asked for a row
 * @param signal ends it with its reason
 * @returns how many rows were explained: all, or the first ones
 */
export async function explainBatch(
  { batch, asked, probabilities }: PredictedBatch,
  { matched, classes }: Pick<ReadingPlan, "matched" | "classes">,
  width: number,
  { explainer, onLines, hasTime }: Explaining,
  signal?: AbortSignal,
): Promise<number> {
  const { firstRow, rowCount, ids, idEnds } = batch;
  const effort = { ...fileEffort, ...(signal && { signal }) };
  for (let first = 0; first < rowCount; first += rowsExplainedAtOnce) {
    if (hasTime?.() === false) return first;
    const end = Math.min(first + rowsExplainedAtOnce, rowCount);
    const explained = await explainer.explain(
      asked.subarray(first * width, end * width),
      probabilities.subarray(first * classes.length, end * classes.length),
      end - first,
      effort,
    );
    const lines = explained.map((explanation, place) => {
      const row = first + place;
      const id = ids.subarray(row === 0 ? 0 : idEnds[row - 1], idEnds[row]);
      return explanationLine({
        row: firstRow + row,
        ...(matched.id >= 0 && { id: Buffer.from(id).toString("utf8") }),
        ...explanation,
      });
    });
    await onLines(Buffer.from(lines.join("")));
  }
  return rowCount;
}
