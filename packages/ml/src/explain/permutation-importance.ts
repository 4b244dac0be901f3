import { confusionMatrix } from "../metrics/confusion-matrix.ts";
import { macroF1 } from "../metrics/macro-f1.ts";
import { mostProbable } from "../metrics/most-probable.ts";
import { gatherWindows } from "../pipeline/predict-rows.ts";
import type { RawRows } from "../preprocess/preparation.ts";
import { quantile } from "../preprocess/quantile.ts";
import { createRandom, type Random } from "../random/random.ts";
import { shuffle } from "../random/shuffle.ts";

/** What a model loses without a column. */
export interface ColumnImportance {
  readonly column: number;
  /** Drop of macro-F1 where the column's values are shuffled among the rows. */
  readonly mean: number;
  /** Bounds of a 95 % interval. */
  readonly low: number;
  readonly high: number;
}

export interface ImportanceParts {
  readonly raw: RawRows;
  /** Rows that the model did not learn from. */
  readonly rows: Int32Array;
  /** Class index per row of the whole table. */
  readonly labels: Int32Array;
  readonly classCount: number;
  /** Per column whether the model uses it; the others lose nothing and are left out. */
  readonly used: readonly boolean[];
  /** Rows that one answer is told from; a column's values of all of them are shuffled together. Default 1. */
  readonly steps?: number;
  /** @returns `rowCount × classCount` probabilities of raw rows, or windows of them */
  predict(values: Float32Array, rowCount: number): Promise<Float32Array>;
}

export interface ImportanceOptions {
  readonly seed: number;
  /** About how long it may take; fewer rows and repeats are drawn where that is too short for all. */
  readonly seconds: number;
  readonly signal?: AbortSignal | undefined;
}

const mostRows = 2_000;
const leastRows = 100;
const mostNumbers = 2 ** 26;
const mostRepeats = 5;
const leastRepeats = 1;
const resamplesPerRepeat = 20;

/**
 * Permutation importance (L. Breiman, "Random forests", 2001): macro-F1 as it is, less that with one column's values
 * shuffled. The interval holds the middle 95 % of that drop over shuffles and bootstrap resamples of the rows, the same
 * rows with and without the shuffle.
 * @returns the columns that the model uses, the greatest mean first; empty where time does not allow the least effort
 */
export async function permutationImportance(
  parts: ImportanceParts,
  options: ImportanceOptions,
): Promise<ColumnImportance[]> {
  const { raw, labels, classCount, used, steps = 1, predict } = parts;
  const { seed, seconds, signal } = options;
  const random = createRandom(seed);
  const columns = [...used.keys()].filter((column) => used[column]);
  if (parts.rows.length === 0 || columns.length === 0) return [];
  const most = Math.max(leastRows, Math.min(mostRows, Math.floor(mostNumbers / (steps * raw.columnCount))));
  const drawn = draw(parts.rows, most, random);
  const values = gatherWindows(raw, drawn, steps);
  await predict(values, Math.min(32, drawn.length));
  const started = performance.now();
  const whole = mostProbable(await predict(values, drawn.length), classCount);
  const secondsPerRow = (performance.now() - started) / 1_000 / drawn.length;
  const plan = planEffort(drawn.length, Math.floor(seconds / (secondsPerRow * columns.length)));
  if (!plan) return [];

  const { rowCount, repeats } = plan;
  const actual = drawn.slice(0, rowCount).map((row) => labels[row]);
  const known = whole.slice(0, rowCount);
  const score = (predicted: Int32Array, which?: Int32Array) => scoreOf(actual, predicted, classCount, which);
  const resamples = Array.from({ length: repeats * resamplesPerRepeat }, () =>
    Int32Array.from({ length: rowCount }, () => random.below(rowCount)),
  );
  const knownScore = score(known);
  const knownScores = resamples.map((which) => score(known, which));
  const width = steps * raw.columnCount;
  const inOrder = Int32Array.from({ length: rowCount }, (_, row) => row);
  const found: ColumnImportance[] = [];
  for (const column of columns) {
    const cell = (row: number, step: number) => row * width + step * raw.columnCount + column;
    const own = Float32Array.from(
      { length: rowCount * steps },
      (_, at) => values[cell(Math.floor(at / steps), at % steps)],
    );
    const put = (order: Int32Array) => {
      for (let row = 0; row < rowCount; row++) {
        for (let step = 0; step < steps; step++) values[cell(row, step)] = own[order[row] * steps + step];
      }
    };
    const drops: number[] = [];
    let sum = 0;
    for (let repeat = 0; repeat < repeats; repeat++) {
      signal?.throwIfAborted();
      const order = inOrder.slice();
      shuffle(order, random);
      put(order);
      const predicted = mostProbable(await predict(values, rowCount), classCount);
      if (predicted.every((index, row) => index === known[row])) {
        for (let each = 0; each < resamplesPerRepeat; each++) drops.push(0);
        continue;
      }
      sum += knownScore - score(predicted);
      for (let each = 0; each < resamplesPerRepeat; each++) {
        const place = repeat * resamplesPerRepeat + each;
        drops.push(knownScores[place] - score(predicted, resamples[place]));
      }
    }
    put(inOrder);
    const mean = sum / repeats;
    const sorted = Float64Array.from(drops).sort();
    const [low, high] = [quantile(sorted, 0.025), quantile(sorted, 0.975)];
    found.push({ column, mean, low: Math.min(low, mean), high: Math.max(high, mean) });
  }
  return found.sort((a, b) => b.mean - a.mean || a.column - b.column);
}

/** @param affordable predictions per column */
function planEffort(rowCount: number, affordable: number): { rowCount: number; repeats: number } | undefined {
  const least = Math.min(rowCount, leastRows);
  if (affordable < leastRepeats * least) return undefined;
  const repeats = Math.max(leastRepeats, Math.min(mostRepeats, Math.floor(affordable / rowCount)));
  return { rowCount: Math.max(least, Math.min(rowCount, Math.floor(affordable / repeats))), repeats };
}

function draw(rows: Int32Array, most: number, random: Random): Int32Array {
  const drawn = rows.slice();
  shuffle(drawn, random);
  return drawn.subarray(0, most);
}

/** @param which rows, repeated ones too; default all */
function scoreOf(actual: Int32Array, predicted: Int32Array, classCount: number, which?: Int32Array): number {
  const taken = which ?? Int32Array.from(actual.keys());
  return macroF1(
    confusionMatrix(
      taken.map((row) => actual[row]),
      taken.map((row) => predicted[row]),
      classCount,
    ),
  );
}
