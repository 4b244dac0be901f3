import type { FittedLearner, Samples } from "../learners/learner.ts";
import { createPacer } from "../pacer.ts";
import { type Calibrator, createCalibrator } from "./calibrator.ts";
import { fitTemperature } from "./fit-temperature.ts";

export interface CalibratedLearner extends FittedLearner {
  readonly calibrator: Calibrator;
}

const mostRows = 4_096;
const mostProbabilities = 2 ** 17;
const rowsPerSlice = 16;

/**
 * A learner whose probabilities are brought to the temperature that fits rows it did not learn from; at most 4,096 of
 * them are asked, spread evenly.
 */
export async function calibrateLearner(
  learner: FittedLearner,
  validation: Samples,
  signal?: AbortSignal,
): Promise<CalibratedLearner> {
  const { classCount, columnCount } = validation;
  const count = Math.min(validation.rowCount, mostRows, Math.ceil(mostProbabilities / classCount));
  const rows = Int32Array.from({ length: count }, (_, place) => Math.floor((place * validation.rowCount) / count));
  const probabilities = new Float32Array(count * classCount);
  const pacer = createPacer(signal);
  for (let first = 0; first < count; first += rowsPerSlice) {
    await pacer.giveWay();
    const slice = rows.subarray(first, first + rowsPerSlice);
    const values = new Float32Array(slice.length * columnCount);
    for (const [place, row] of slice.entries()) {
      values.set(validation.values.subarray(row * columnCount, (row + 1) * columnCount), place * columnCount);
    }
    probabilities.set(learner.predict(values, slice.length), first * classCount);
  }
  const labels = rows.map((row) => validation.labels[row]);
  const calibrator = createCalibrator(fitTemperature(probabilities, labels, classCount), classCount);
  return {
    ...learner,
    calibrator,
    predict: (values, rowCount) => calibrator.apply(learner.predict(values, rowCount)),
    addTo: (graph, input) => calibrator.addTo(graph, learner.addTo(graph, input)),
  };
}
