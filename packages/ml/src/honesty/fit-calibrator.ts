import { type Calibrator, createCalibrator } from "./calibrator.ts";
import { fitTemperature } from "./fit-temperature.ts";

const mostProbabilities = 2 ** 17;

/**
 * The calibrator that fits rows which the learner did not learn from; of many, those that are looked at are spread
 * evenly.
 * @param probabilities `rows × classCount`, row by row
 * @param actual class index per row
 */
export function fitCalibrator(probabilities: Float32Array, actual: Int32Array, classCount: number): Calibrator {
  const rows = spreadEvenly(actual.length, Math.ceil(mostProbabilities / classCount));
  const some = new Float32Array(rows.length * classCount);
  for (const [place, row] of rows.entries()) {
    some.set(probabilities.subarray(row * classCount, (row + 1) * classCount), place * classCount);
  }
  const labels = rows.map((row) => actual[row]);
  return createCalibrator(fitTemperature(some, labels, classCount), classCount);
}

/** At most `most` of the numbers below `count`, at equal distances. */
export function spreadEvenly(count: number, most: number): Int32Array {
  const length = Math.min(count, most);
  return Int32Array.from({ length }, (_, place) => Math.floor((place * count) / length));
}
