import type { DiagnosisModel } from "../diagnose/diagnosis-model.ts";

/** Probabilities below it count as this much. */
const leastProbability = 1e-6;

/**
 * The score of a class that is explained: the centred logarithm ln p(class) − mean of ln p over all classes, in which
 * independent evidence adds up.
 * @returns scores of `count` rows of raw values
 */
export function classScores(
  { card, predict, predictVariants = predict }: Pick<DiagnosisModel, "card" | "predict" | "predictVariants">,
  index: number,
): (rows: Float32Array, count: number) => Promise<Float64Array> {
  const width = card.classes.length;
  return async (rows, count) => {
    if (count === 0) return new Float64Array(0);
    const probabilities = await predictVariants(rows, count);
    return Float64Array.from({ length: count }, (_, row) => {
      let sum = 0;
      for (let k = 0; k < width; k++) sum += logarithm(probabilities[row * width + k]);
      return logarithm(probabilities[row * width + index]) - sum / width;
    });
  };
}

function logarithm(probability: number): number {
  return Math.log(Math.max(leastProbability, probability));
}
