import { accuracy } from "./accuracy.ts";
import { type ClassScores, classScores } from "./class-scores.ts";
import { confusionMatrix } from "./confusion-matrix.ts";
import { macroF1 } from "./macro-f1.ts";

export interface Evaluation {
  readonly rows: number;
  readonly accuracy: number;
  readonly macroF1: number;
  readonly perClass: readonly (ClassScores & { readonly name: string })[];
  /** `confusion[actual][predicted]`. */
  readonly confusion: readonly (readonly number[])[];
}

/** Scores predicted classes; both are indexes into `classes`. */
export function evaluatePredictions(actual: Int32Array, predicted: Int32Array, classes: readonly string[]): Evaluation {
  const confusion = confusionMatrix(actual, predicted, classes.length);
  const perClass = classScores(confusion).map((scores, index) => ({ name: classes[index], ...scores }));
  const rows = perClass.reduce((total, { support }) => total + support, 0);
  return { rows, accuracy: accuracy(confusion), macroF1: macroF1(confusion), perClass, confusion };
}
