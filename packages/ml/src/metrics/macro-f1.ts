import { classScores } from "./class-scores.ts";

/**
 * Unweighted mean of the F1 of the classes that occur among the actual or the predicted ones: scikit-learn's
 * `f1_score(average="macro")`. A class that neither occurs nor is predicted says nothing and is left out.
 * @param confusion `confusion[actual][predicted]`
 */
export function macroF1(confusion: readonly (readonly number[])[]): number {
  const scores = classScores(confusion);
  const occurring = scores.filter((score, index) => score.support > 0 || confusion.some((row) => row[index] > 0));
  if (occurring.length === 0) return 0;
  return occurring.reduce((total, { f1 }) => total + f1, 0) / occurring.length;
}
