const mostDivergence = 0.03;
const balancingRounds = 100;

export interface SnappedPosterior {
  readonly posterior: Float64Array;
  /** The simple mix of classes that the target is held to have; `none` where neither is near. */
  readonly prior: "uniform" | "training" | "none";
  /** Of the diagnosed shares from the nearer one (Kullback and Leibler, nats). */
  readonly divergence: number;
}

/**
 * Where the diagnosed shares of the classes are near to equal ones, or to those of the training file, the probabilities
 * are balanced to have them as their mean (alternate scaling of columns and rows, R. Sinkhorn 1964); else they stay. Free
 * estimates of the shares (Saerens et al., 2002) did worse wherever they were tried.
 * @param posterior `rows × classCount`, row by row
 * @param trainingShares sum 1
 */
export function snapPrior(posterior: Float64Array, trainingShares: Float64Array): SnappedPosterior {
  const classCount = trainingShares.length;
  const rows = posterior.length / classCount;
  const shares = new Float64Array(classCount).fill(1);
  for (const best of mostProbableOf(posterior, classCount)) shares[best]++;
  for (let label = 0; label < classCount; label++) shares[label] /= rows + classCount;
  const uniform = new Float64Array(classCount).fill(1 / classCount);
  const toUniform = divergence(shares, uniform);
  const toTraining = divergence(shares, trainingShares);
  const nearest = Math.min(toUniform, toTraining);
  if (nearest >= mostDivergence) return { posterior, prior: "none", divergence: nearest };
  const prior = toUniform <= toTraining ? "uniform" : "training";
  return { posterior: balance(posterior, prior === "uniform" ? uniform : trainingShares), prior, divergence: nearest };
}

/** Class index per row. */
export function mostProbableOf(posterior: Float64Array, classCount: number): Int32Array {
  return Int32Array.from({ length: posterior.length / classCount }, (_, row) => {
    let best = row * classCount;
    for (let cell = best + 1; cell < (row + 1) * classCount; cell++) if (posterior[cell] > posterior[best]) best = cell;
    return best - row * classCount;
  });
}

function divergence(shares: Float64Array, from: Float64Array): number {
  return shares.reduce(
    (sum, share, label) => sum + share * Math.log(Math.max(share, 1e-6) / Math.max(from[label], 1e-6)),
    0,
  );
}

function balance(posterior: Float64Array, shares: Float64Array): Float64Array {
  const classCount = shares.length;
  const rows = posterior.length / classCount;
  const balanced = posterior.slice();
  for (let round = 0; round < balancingRounds; round++) {
    const means = new Float64Array(classCount);
    for (let cell = 0; cell < balanced.length; cell++) means[cell % classCount] += balanced[cell] / rows;
    for (let first = 0; first < balanced.length; first += classCount) {
      let sum = 0;
      for (let label = 0; label < classCount; label++) {
        sum += balanced[first + label] *= shares[label] / Math.max(means[label], 1e-12);
      }
      for (let label = 0; label < classCount; label++) balanced[first + label] /= sum;
    }
  }
  return balanced;
}
