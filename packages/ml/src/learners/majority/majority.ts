import { logLoss } from "../../metrics/log-loss.ts";
import type { FitOptions, FittedLearner, Learner, Samples } from "../learner.ts";
import { scoreValidation } from "../score-validation.ts";

export interface MajoritySettings {
  readonly learner: "majority";
}

/** Answers every row with the classes' shares of the training rows, whatever their weights: what any other must beat. */
export const majority: Learner<MajoritySettings> = { name: "majority", fit };

async function fit(
  training: Samples,
  validation: Samples,
  _settings: MajoritySettings,
  { onProgress }: FitOptions,
): Promise<FittedLearner> {
  const { classCount, labels, rowCount } = training;
  const shares = new Float32Array(classCount);
  for (const label of labels) shares[label] += 1 / rowCount;
  const predict = (_: Float32Array, rows: number) => repeat(shares, rows);
  const { loss, macroF1 } = scoreValidation(predict(validation.values, validation.rowCount), validation);
  const trainLoss = logLoss(repeat(shares, rowCount), labels, classCount);
  const progress = { epoch: 1, epochs: 1, trainLoss, validationLoss: loss, validationMacroF1: macroF1 };
  await onProgress?.(progress);
  return {
    bestEpoch: 1,
    curve: [progress],
    predict,
    addTo(graph, input) {
      const row = graph.addConstant("shares", { type: "float32", dims: [1, classCount], data: shares });
      // As many rows as there are, whatever they hold: a bit of each, times nothing.
      const [start, end, axis] = [0, 1, 1].map((number) => graph.addInts(number));
      const bits = graph.addCast(
        graph.addNode("IsNaN", [graph.addNode("Slice", [input, start, end, axis])]),
        "float32",
      );
      const nothing = graph.addNode("Mul", [bits, graph.addScalar("float32", 0)]);
      return graph.addNode("Add", [nothing, row]);
    },
  };
}

function repeat(shares: Float32Array, rows: number): Float32Array {
  const probabilities = new Float32Array(rows * shares.length);
  for (let row = 0; row < rows; row++) probabilities.set(shares, row * shares.length);
  return probabilities;
}
