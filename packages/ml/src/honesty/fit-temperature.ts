import { createCalibrator } from "./calibrator.ts";

const leastLogTemperature = Math.log(0.1);
const mostLogTemperature = Math.log(10);
const goldenShare = (Math.sqrt(5) - 1) / 2;
const steps = 40;

/**
 * The temperature, 0.1 to 10, at which rows that the learner did not learn from are most likely (C. Guo et al., "On
 * calibration of modern neural networks", 2017); found by golden-section search over its logarithm. 1 where there is
 * no row. The likelihood is that of one more row that is held a coin toss between the classes, so that a handful of
 * rows that are all right makes no one boundlessly sure.
 * @param probabilities `rows × classCount`, row by row
 * @param actual class index per row
 */
export function fitTemperature(probabilities: Float32Array, actual: Int32Array, classCount: number): number {
  if (actual.length === 0) return 1;
  const loss = (logTemperature: number) => meanLoss(probabilities, actual, classCount, Math.exp(logTemperature));
  let low = leastLogTemperature;
  let high = mostLogTemperature;
  let left = high - goldenShare * (high - low);
  let right = low + goldenShare * (high - low);
  let leftLoss = loss(left);
  let rightLoss = loss(right);
  for (let step = 0; step < steps; step++) {
    if (leftLoss <= rightLoss) {
      high = right;
      right = left;
      rightLoss = leftLoss;
      left = high - goldenShare * (high - low);
      leftLoss = loss(left);
    } else {
      low = left;
      left = right;
      leftLoss = rightLoss;
      right = low + goldenShare * (high - low);
      rightLoss = loss(right);
    }
  }
  return Math.exp((low + high) / 2);
}

function meanLoss(probabilities: Float32Array, actual: Int32Array, classCount: number, temperature: number): number {
  const calibrated = createCalibrator(temperature, classCount).apply(probabilities);
  let total = 0;
  let meanLogs = 0;
  for (let row = 0; row < actual.length; row++) {
    total -= Math.log(calibrated[row * classCount + actual[row]]);
    for (let index = 0; index < classCount; index++) meanLogs -= Math.log(calibrated[row * classCount + index]);
  }
  return (total + meanLogs / (classCount * actual.length)) / (actual.length + 1);
}
