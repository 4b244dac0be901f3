import { createPacer } from "../../pacer.ts";
import { rowsOf, samplesOf } from "../fit/view-rows.ts";
import { mostProbableOf } from "../posterior/snap-prior.ts";
import type { InferenceOptions, LabelledTarget } from "../task.ts";
import { covariationWith } from "./covariation.ts";
import { proximityTo } from "./proximity.ts";
import { solveSymmetric } from "./solve-symmetric.ts";
import { spreadPlaces } from "./spread-places.ts";

/** Leaves of some rows each: a label speaks for its neighbourhood, a narrow and a wider one. */
const shape = { trees: 150, columnShare: 0.4, gaps: "averaged" } as const;
const leafRows = [4, 12];
/** Variance of what a label says that its neighbourhood does not, the neighbourhood's being 1. */
const noise = 0.05;
const leastProbability = 1e-3;

/** What is believed of the target before its labels are looked at. */
export interface BlindBelief {
  /** Of the target, by which rows are near to each other. */
  readonly columns: readonly Float32Array[];
  readonly classCount: number;
  /** `target rows × classCount`. */
  readonly posterior: Float64Array;
  /** What each way that led to it says by itself, `target rows × classCount` each. */
  readonly ways: readonly Float64Array[];
}

/**
 * Corrects what is believed of the rows by what labels contradict: a Gaussian process of the difference. Two rows are
 * near as often as they come to the same leaf of a forest that learned the diagnoses, and the more so as the ways that
 * led to them are in doubt of both together.
 */
export async function correctByLabels(
  belief: BlindBelief,
  labelled: LabelledTarget,
  options: InferenceOptions,
): Promise<Float64Array> {
  const { classCount, posterior } = belief;
  const rowCount = posterior.length / classCount;
  const places = spreadPlaces(labelled.rows.length, rowCount);
  const known = places.map((place) => labelled.rows[place]);
  const size = known.length;
  const near = await nearnessTo(belief, known, options);
  const covariance = new Float64Array(size * size);
  const contradicted = new Float64Array(size * classCount);
  for (const [place, row] of known.entries()) {
    covariance.set(near.subarray(row * size, (row + 1) * size), place * size);
    covariance[place * size + place] += noise;
    for (let label = 0; label < classCount; label++) {
      const truth = labelled.labels[places[place]] === label ? 1 : 0;
      contradicted[place * classCount + label] = truth - posterior[row * classCount + label];
    }
  }
  const strengths = solveSymmetric(covariance, contradicted, size);
  const corrected = posterior.slice();
  const pacer = createPacer(options.signal);
  for (let row = 0; row < rowCount; row++) {
    await pacer.giveWay();
    const own = corrected.subarray(row * classCount, (row + 1) * classCount);
    for (let place = 0; place < size; place++) {
      const nearness = near[row * size + place];
      if (nearness === 0) continue;
      for (let label = 0; label < classCount; label++) own[label] += nearness * strengths[place * classCount + label];
    }
    let sum = 0;
    for (let label = 0; label < classCount; label++) sum += own[label] = Math.max(leastProbability, own[label]);
    for (let label = 0; label < classCount; label++) own[label] /= sum;
  }
  return corrected;
}

/** Of every row to those whose label is known, `target rows × known`, row by row. */
async function nearnessTo(
  { columns, classCount, posterior, ways }: BlindBelief,
  known: Int32Array,
  { seed, pool, signal }: InferenceOptions,
): Promise<Float64Array> {
  const labels = mostProbableOf(posterior, classCount);
  const samples = samplesOf([{ columns, labels, weights: new Float32Array(labels.length).fill(1) }], classCount);
  const rows = rowsOf(columns);
  const forests = await Promise.all(
    leafRows.map((minLeafRows) =>
      pool.run({ learner: { ...shape, minLeafRows }, samples, rows: new Float32Array(0), seed, keepTrees: true }),
    ),
  );
  const near = await covariationWith(ways, classCount, known, signal);
  for (let cell = 0; cell < near.length; cell++) near[cell] = (1 + near[cell]) / (2 * forests.length);
  const proximities = new Float64Array(near.length);
  for (const { ensemble } of forests) {
    if (!ensemble) throw new Error("the fit kept no trees");
    const own = await proximityTo(ensemble, rows, known, signal);
    for (let cell = 0; cell < own.length; cell++) proximities[cell] += own[cell];
  }
  return near.map((share, cell) => share * proximities[cell]);
}
