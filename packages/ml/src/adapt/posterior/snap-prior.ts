const mostDivergence = 0.06;
/** Power of the probabilities that classes are counted by: what is vague about a row is no part of a row of each class. */
const sharpness = 3;
const balancingRounds = 100;
const step = 0.5;
/** In standard errors of a share: rows drawn from this mix do not have it exactly. */
const tolerance = 0.5;
const leastProbability = 1e-6;

export interface SnappedPosterior {
  readonly posterior: Float64Array;
  /** The simple mix of classes that the target is held to have; `none` where neither is near. */
  readonly prior: "uniform" | "training" | "none";
  /** Of the diagnosed shares from the nearer one (Kullback and Leibler, nats). */
  readonly divergence: number;
}

/**
 * Where the diagnosed shares of the classes are near to equal ones, or to those of the training file, the probabilities
 * are balanced: each class is scaled until the probabilities, sharpened, have nearly these shares as their mean; else they stay.
 * Free estimates of the shares (Saerens et al., 2002) did worse wherever they were tried.
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
  const logs = posterior.map((probability) => Math.log(Math.max(leastProbability, probability)));
  const rows = posterior.length / shares.length;
  const shifts = new Float64Array(shares.length);
  for (let round = 0; round < balancingRounds; round++) {
    const means = meansOf(softmax(logs, shifts, sharpness), shares.length);
    for (const [label, share] of shares.entries()) {
      const error = tolerance * Math.sqrt((share * (1 - share)) / rows);
      const wanted = Math.min(share + error, Math.max(share - error, means[label]));
      const factor = Math.max(leastProbability, wanted) / Math.max(leastProbability, means[label]);
      shifts[label] += (step / sharpness) * Math.log(factor);
    }
  }
  return softmax(logs, shifts, 1);
}

/** Probabilities in proportion to exp(power · (log + shift of its class)), row by row. */
function softmax(logs: Float64Array, shifts: Float64Array, power: number): Float64Array {
  const classCount = shifts.length;
  const probabilities = logs.map((log, cell) => power * (log + shifts[cell % classCount]));
  for (let first = 0; first < logs.length; first += classCount) {
    const own = probabilities.subarray(first, first + classCount);
    const most = Math.max(...own);
    let sum = 0;
    for (let label = 0; label < classCount; label++) sum += own[label] = Math.exp(own[label] - most);
    for (let label = 0; label < classCount; label++) own[label] /= sum;
  }
  return probabilities;
}

function meansOf(posterior: Float64Array, classCount: number): Float64Array {
  const means = new Float64Array(classCount);
  for (const [cell, probability] of posterior.entries()) {
    means[cell % classCount] += (probability * classCount) / posterior.length;
  }
  return means;
}
