import { createCalibrator } from "../../honesty/calibrator.ts";

const leastLogTemperature = Math.log(0.1);
const mostLogTemperature = Math.log(10);
const steps = 40;

/**
 * The temperature, 0.1 to 10, at which the mean confidence of some rows is what their accuracy is expected to be; by
 * bisection. 1 where there is no row.
 * @param probabilities `rows × classCount`, row by row
 * @param wanted 0 to 1
 */
export function matchConfidence(probabilities: Float32Array, classCount: number, wanted: number): number {
  if (probabilities.length === 0) return 1;
  let low = leastLogTemperature;
  let high = mostLogTemperature;
  for (let step = 0; step < steps; step++) {
    const middle = (low + high) / 2;
    const confidence = meanConfidence(createCalibrator(Math.exp(middle), classCount).apply(probabilities), classCount);
    if (confidence > wanted) low = middle;
    else high = middle;
  }
  return Math.exp((low + high) / 2);
}

/** Mean of the greatest probability of each row. */
export function meanConfidence(probabilities: Float32Array, classCount: number): number {
  let sum = 0;
  for (let first = 0; first < probabilities.length; first += classCount) {
    let most = 0;
    for (let cell = first; cell < first + classCount; cell++) most = Math.max(most, probabilities[cell]);
    sum += most;
  }
  return (sum * classCount) / probabilities.length;
}
