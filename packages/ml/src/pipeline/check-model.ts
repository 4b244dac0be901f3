import { openModel } from "../diagnose/model.ts";
import type { RawRows } from "../preprocess/preparation.ts";
import type { Random } from "../random/random.ts";
import { shuffle } from "../random/shuffle.ts";
import { inputWidth } from "../window/card-window.ts";
import type { FittedPipeline } from "./fitted-pipeline.ts";
import { gatherWindows } from "./predict-rows.ts";
import { TrainingError } from "./training-error.ts";

const mostRows = 1_000;
const leastRows = 16;
const checkedNumbers = 2 ** 23;
const tolerance = 1e-5;
const gapShare = 0.2;

export interface ModelCheck {
  readonly rows: number;
  /** Largest difference of a probability. */
  readonly maxDifference: number;
}

/**
 * Loads the written model and compares its probabilities with those of the trainer's own forward pass, on 1,000 rows (fewer of very wide ones):
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
  const { steps = 1 } = pipeline;
  const { columnCount } = raw;
  const width = steps * columnCount;
  const count = Math.max(leastRows, Math.min(mostRows, Math.floor(checkedNumbers / width)));
  const sample = rows.slice();
  shuffle(sample, random);
  const values = withVariants(gatherWindows(raw, sample.subarray(0, count), steps), count * width, random);
  const apart = { values, columnCount, previous: previousInWindows(count, steps) };
  const asked = Int32Array.from({ length: count }, (_, window) => (window + 1) * steps - 1);
  const expected = await pipeline.predict(apart, asked, signal);
  const model = await openModel(onnx, { threads });
  try {
    if (inputWidth(model.card) !== width) throw new RangeError("the card's window is not the pipeline's");
    const found = await model.predict(values, count);
    const maxDifference = largestDifference(expected, found);
    if (!(maxDifference <= tolerance)) {
      throw new TrainingError("model-check-failed", { difference: maxDifference, tolerance, rows: count });
    }
    return { rows: count, maxDifference };
  } finally {
    await model.close();
  }
}

/** Of rows that lie window by window. */
function previousInWindows(count: number, steps: number): Int32Array {
  return Int32Array.from({ length: count * steps }, (_, row) => (row % steps === 0 ? -1 : row - 1));
}

function withVariants(real: Float32Array, length: number, random: Random): Float32Array {
  const values = new Float32Array(length);
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
