import { ModelFileError } from "./model-file-error.ts";

/** Of a number beyond 0 to 1, and of a row's sum from 1. */
const tolerance = 1e-3;

/**
 * Whatever a model was made by, and whatever it was asked: nothing but probabilities is passed on.
 * @param values at least `rowCount × classCount`, row by row
 * @throws ModelFileError `bad-probabilities` where one is none, or those of a row do not add up to 1
 */
export function expectProbabilities(values: Float32Array, rowCount: number, classCount: number): void {
  for (let row = 0; row < rowCount; row++) {
    let sum = 0;
    for (let cell = row * classCount; cell < (row + 1) * classCount; cell++) {
      const value = values[cell];
      if (!(value >= -tolerance && value <= 1 + tolerance)) throw noProbabilities(row);
      sum += value;
    }
    if (Math.abs(sum - 1) > tolerance) throw noProbabilities(row);
  }
}

/** @param row from 0, of those that were asked */
function noProbabilities(row: number): ModelFileError {
  return new ModelFileError("bad-probabilities", `the model's answer to row ${row + 1} is no probabilities`);
}
