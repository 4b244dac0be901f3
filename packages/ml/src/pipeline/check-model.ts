import { openModel } from "../diagnose/model.ts";
import type { RawRows } from "../preprocess/preparation.ts";
import type { Random } from "../random/random.ts";
import { shuffle } from "../random/shuffle.ts";
import type { FittedPipeline } from "./fitted-pipeline.ts";
import { gatherRows } from "./predict-rows.ts";
import { TrainingError } from "./training-error.ts";

const checkedRows = 1_000;
const tolerance = 1e-5;
const gapShare = 0.2;
const everyRow = Int32Array.from({ length: checkedRows }, (_, row) => row);

export interface ModelCheck {
  readonly rows: number;
  /** Largest difference of a probability. */
  readonly maxDifference: number;
}

/**
 * Loads the written model and compares its probabilities with those of the trainer's own forward pass, on 1,000 rows:
 * as many of the table as there are, then copies of them with other values and more gaps.
 * @throws TrainingError `model-check-failed` where they differ by more than 1e-5
 */
export async function checkModel(
  onnx: Uint8Array,
  pipeline: FittedPipeline,
  raw: RawRows,
  rows: Int32Array,
  { random, threads, signal }: { random: Random; threads: number; signal?: AbortSignal | undefined },
): Promise<ModelCheck> {
  const sample = rows.slice();
  shuffle(sample, random);
  const values = withVariants(gatherRows(raw, sample.subarray(0, checkedRows)), raw.columnCount, random);
  const expected = await pipeline.predict({ values, columnCount: raw.columnCount }, everyRow, signal);
  const model = await openModel(onnx, { threads });
  try {
    const found = await model.predict(values, checkedRows);
    const maxDifference = largestDifference(expected, found);
    if (!(maxDifference <= tolerance)) {
      throw new TrainingError("model-check-failed", { difference: maxDifference, tolerance, rows: checkedRows });
    }
    return { rows: checkedRows, maxDifference };
  } finally {
    await model.close();
  }
}

function withVariants(real: Float32Array, columnCount: number, random: Random): Float32Array {
  const values = new Float32Array(checkedRows * columnCount);
  values.set(real);
  for (let cell = real.length; cell < values.length; cell++) {
    const value = values[cell - real.length];
    values[cell] = random.uniform() < gapShare ? Number.NaN : value * (0.5 + random.uniform());
  }
  return values;
}

/** NaN where any probability is. */
function largestDifference(expected: Float32Array, found: Float32Array): number {
  if (expected.length !== found.length) return Number.NaN;
  let largest = 0;
  for (let cell = 0; cell < expected.length; cell++)
    largest = Math.max(largest, Math.abs(expected[cell] - found[cell]));
  return largest;
}
