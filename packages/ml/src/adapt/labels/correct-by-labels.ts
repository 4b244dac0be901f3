import { createPacer } from "../../pacer.ts";
import { rowsOf, samplesOf } from "../fit/view-rows.ts";
import { mostProbableOf } from "../posterior/snap-prior.ts";
import type { InferenceOptions, LabelledTarget } from "../task.ts";
import { proximityTo } from "./proximity.ts";
import { solveSymmetric } from "./solve-symmetric.ts";

/** Leaves of some rows each: a label speaks for its neighbourhood. */
const shape = { trees: 150, columnShare: 0.4, minLeafRows: 12, gaps: "averaged" } as const;
/** Variance of what a label says that its neighbourhood does not, the neighbourhood's being 1. */
const noise = 0.05;
const leastProbability = 1e-3;
/** Labelled rows beyond this many do not take part here: there is no more need of it. */
const mostRows = 1_000;

/**
 * Corrects what is believed of the rows by what labels contradict: a Gaussian process of the difference, whose
 * covariance is how often two rows come to the same leaf of a forest that learned the diagnoses.
 * @param columns of the target, by which rows are near to each other
 * @param posterior `target rows × classCount`
 */
export async function correctByLabels(
  columns: readonly Float32Array[],
  classCount: number,
  posterior: Float64Array,
  labelled: LabelledTarget,
  { seed, pool, signal }: InferenceOptions,
): Promise<Float64Array> {
  const known = labelled.rows.subarray(0, mostRows);
  const size = known.length;
  const labels = mostProbableOf(posterior, classCount);
  const weights = new Float32Array(labels.length).fill(1);
  const samples = samplesOf([{ columns, labels, weights }], classCount);
  const { ensemble } = await pool.run({ learner: shape, samples, rows: new Float32Array(0), seed, keepTrees: true });
  if (!ensemble) throw new Error("the fit kept no trees");
  const near = await proximityTo(ensemble, rowsOf(columns), known, signal);
  const covariance = new Float64Array(size * size);
  const contradicted = new Float64Array(size * classCount);
  for (const [place, row] of known.entries()) {
    covariance.set(near.subarray(row * size, (row + 1) * size), place * size);
    covariance[place * size + place] += noise;
    for (let label = 0; label < classCount; label++) {
      const truth = labelled.labels[place] === label ? 1 : 0;
      contradicted[place * classCount + label] = truth - posterior[row * classCount + label];
    }
  }
  const strengths = solveSymmetric(covariance, contradicted, size);
  const corrected = posterior.slice();
  const pacer = createPacer(signal);
  for (let row = 0; row < labels.length; row++) {
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
