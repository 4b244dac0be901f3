import { quantile } from "../preprocess/quantile.ts";
import { createRandom, type Random } from "../random/random.ts";
import type { FeatureProfile } from "./profile.ts";

const shares = [0.01, 0.25, 0.5, 0.75, 0.99] as const;
const maxSamplesPerFeature = 4_096;
const minSamplesPerFeature = 256;
/** Of all features together. */
const maxSamples = 4 * 1024 * 1024;

/**
 * Moments and quantiles of every feature in one pass over the rows.
 *
 * Mean and deviation by Welford (1962), of the distances from the first number, which keeps small differences of large
 * numbers. Quantiles from a uniform sample of the
 * present numbers of each feature (Li 1994, algorithm L, with a fixed seed, so that a file always gives the same
 * profile): exact up to 4,096 numbers (fewer in tables of more than 1,024 features), and beyond that with a rank whose
 * standard error is √(q(1 − q) / 4096), which is 0.8 percentage points at the median and 0.16 at the ends.
 */
export class FeatureStatistics {
  readonly #features: number;
  readonly #missing: Float64Array;
  readonly #count: Float64Array;
  readonly #min: Float64Array;
  readonly #max: Float64Array;
  /** The first number. */
  readonly #origin: Float64Array;
  /** Mean distance from the origin. */
  readonly #mean: Float64Array;
  /** Sum of squared distances from the mean. */
  readonly #squares: Float64Array;
  readonly #sampleSize: number;
  readonly #samples: Float64Array;
  /** The count at which the next number is sampled. */
  readonly #nextSample: Float64Array;
  readonly #weight: Float64Array;
  readonly #random: Random = createRandom(1);

  constructor(features: number) {
    this.#features = features;
    this.#missing = new Float64Array(features);
    this.#count = new Float64Array(features);
    this.#min = new Float64Array(features).fill(Number.POSITIVE_INFINITY);
    this.#max = new Float64Array(features).fill(Number.NEGATIVE_INFINITY);
    this.#origin = new Float64Array(features);
    this.#mean = new Float64Array(features);
    this.#squares = new Float64Array(features);
    const share = Math.floor(maxSamples / Math.max(1, features));
    this.#sampleSize = Math.max(minSamplesPerFeature, Math.min(maxSamplesPerFeature, share));
    this.#samples = new Float64Array(features * this.#sampleSize);
    this.#nextSample = new Float64Array(features).fill(1);
    this.#weight = new Float64Array(features).fill(1);
  }

  /** @param row one finite number per feature, NaN for a gap */
  add(row: Float64Array): void {
    const features = this.#features;
    const missing = this.#missing;
    const count = this.#count;
    const min = this.#min;
    const max = this.#max;
    const origin = this.#origin;
    const mean = this.#mean;
    const squares = this.#squares;
    const nextSample = this.#nextSample;
    for (let i = 0; i < features; i++) {
      const value = row[i];
      if (Number.isNaN(value)) {
        missing[i]++;
        continue;
      }
      const n = count[i] + 1;
      count[i] = n;
      if (value < min[i]) min[i] = value;
      if (value > max[i]) max[i] = value;
      if (n === 1) origin[i] = value;
      const shifted = value - origin[i];
      const distance = shifted - mean[i];
      const newMean = mean[i] + distance / n;
      mean[i] = newMean;
      squares[i] += distance * (shifted - newMean);
      if (n === nextSample[i]) this.#sample(i, value, n);
    }
  }

  get missingCells(): number {
    return this.#missing.reduce((sum, missing) => sum + missing, 0);
  }

  profiles(names: readonly string[]): FeatureProfile[] {
    return names.map((name, i) => {
      const missing = this.#missing[i];
      const n = this.#count[i];
      if (n === 0) {
        const none = { min: null, max: null, mean: null, standardDeviation: null, quantiles: null };
        return { name, missing, ...none, constant: true };
      }
      const [min, max] = [this.#min[i], this.#max[i]];
      // Rounding may carry the mean past them.
      const mean = Math.max(min, Math.min(max, this.#origin[i] + this.#mean[i]));
      const standardDeviation = n > 1 && min < max ? Math.sqrt(this.#squares[i] / (n - 1)) : 0;
      return { name, missing, min, max, mean, standardDeviation, quantiles: this.#quantiles(i), constant: min === max };
    });
  }

  #sample(feature: number, value: number, n: number): void {
    const size = this.#sampleSize;
    const place = n <= size ? n - 1 : this.#random.below(size);
    this.#samples[feature * size + place] = value;
    if (n < size) {
      this.#nextSample[feature] = n + 1;
      return;
    }
    this.#weight[feature] *= Math.exp(Math.log(1 - this.#random.uniform()) / size);
    const skipped = Math.floor(Math.log(1 - this.#random.uniform()) / Math.log1p(-this.#weight[feature]));
    this.#nextSample[feature] = n + skipped + 1;
  }

  #quantiles(feature: number): number[] {
    const size = this.#sampleSize;
    const start = feature * size;
    const sorted = this.#samples.slice(start, start + Math.min(size, this.#count[feature])).sort();
    return shares.map((share) => quantile(sorted, share));
  }
}
