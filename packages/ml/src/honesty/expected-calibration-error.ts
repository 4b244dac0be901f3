const bins = 15;

/**
 * Expected calibration error of the most probable class: rows in 15 bins of equal width by confidence, the mean
 * difference of confidence and accuracy weighted by rows (C. Guo et al., "On calibration of modern neural networks",
 * 2017). 0 where there is no row.
 * @param probabilities `rows × classCount`, row by row
 * @param actual class index per row; one that is no class of the model counts as missed
 */
export function expectedCalibrationError(probabilities: Float32Array, actual: Int32Array, classCount: number): number {
  const sums = new CalibrationSums();
  addCalibration(sums, probabilities, actual, classCount);
  return sums.error();
}

/** Adds rows to the sums, as `expectedCalibrationError` takes them. */
export function addCalibration(
  sums: CalibrationSums,
  probabilities: Float32Array,
  actual: Int32Array,
  classCount: number,
): void {
  for (let row = 0; row < actual.length; row++) {
    let best = row * classCount;
    for (let cell = best + 1; cell < (row + 1) * classCount; cell++) {
      if (probabilities[cell] > probabilities[best]) best = cell;
    }
    sums.add(probabilities[best], actual[row] === best - row * classCount);
  }
}

/** The sums of the bins as JSON. */
export interface CalibrationState {
  readonly rows: readonly number[];
  readonly confidence: readonly number[];
  readonly hits: readonly number[];
}

/** Sums up confidences and hits for the expected calibration error; parts can be merged in any order. */
export class CalibrationSums {
  readonly #rows: number[] = new Array(bins).fill(0);
  readonly #confidence: number[] = new Array(bins).fill(0);
  readonly #hits: number[] = new Array(bins).fill(0);

  add(confidence: number, hit: boolean): void {
    const bin = Math.min(bins - 1, Math.max(0, Math.ceil(confidence * bins) - 1));
    this.#rows[bin]++;
    this.#confidence[bin] += confidence;
    if (hit) this.#hits[bin]++;
  }

  merge(state: CalibrationState): void {
    for (let bin = 0; bin < bins; bin++) {
      this.#rows[bin] += state.rows[bin];
      this.#confidence[bin] += state.confidence[bin];
      this.#hits[bin] += state.hits[bin];
    }
  }

  toJSON(): CalibrationState {
    return { rows: [...this.#rows], confidence: [...this.#confidence], hits: [...this.#hits] };
  }

  error(): number {
    const rows = this.#rows.reduce((sum, count) => sum + count, 0);
    let gap = 0;
    for (let bin = 0; bin < bins; bin++) gap += Math.abs(this.#confidence[bin] - this.#hits[bin]);
    return rows === 0 ? 0 : gap / rows;
  }
}
