import { type FoldScore, meanOf, scoreFold, spreadOf } from "../auto/fold-scores.ts";
import { addCalibration, CalibrationSums } from "../honesty/expected-calibration-error.ts";
import { addConfusion, confusionMatrix } from "../metrics/confusion-matrix.ts";
import { macroF1 } from "../metrics/macro-f1.ts";
import { mostProbable } from "../metrics/most-probable.ts";
import type { TrainingSettings } from "./training-settings.ts";

export interface ValidatedLearner {
  readonly learner: string;
  readonly settings: TrainingSettings["learner"];
  /** Mean over the folds that it was fitted for; each over the classes that are true or answered in that fold. */
  readonly macroF1: number;
  /** Standard deviation over the folds. */
  readonly macroF1Spread: number;
  /** Of the held-out answers of all these folds taken together. */
  readonly pooledMacroF1: number;
  readonly accuracy: number;
  readonly accuracySpread: number;
  /** Expected calibration error, 15 bins, over all rows scored; `auto` and the members of its blend are calibrated. */
  readonly ece: number;
  /** Folds that it was fitted for. */
  readonly folds: number;
  /** Of all its fits; 0 for those within `auto`. */
  readonly seconds: number;
}

/** How one learner does, fold by fold. */
export class ValidationTrack {
  readonly #settings: TrainingSettings["learner"];
  readonly #classCount: number;
  readonly #scores: FoldScore[] = [];
  readonly #calibration = new CalibrationSums();
  readonly #confusion: number[][];
  #seconds = 0;

  constructor(settings: TrainingSettings["learner"], classCount: number) {
    this.#settings = settings;
    this.#classCount = classCount;
    this.#confusion = confusionMatrix(new Int32Array(0), new Int32Array(0), classCount);
  }

  /**
   * Takes in a fold.
   * @param probabilities `rows × classCount`, row by row
   * @param actual class index per row
   * @param seconds that the fit took
   */
  add(probabilities: Float32Array, actual: Int32Array, seconds: number): void {
    this.#scores.push(scoreFold(probabilities, actual, this.#classCount));
    addCalibration(this.#calibration, probabilities, actual, this.#classCount);
    const answers = mostProbable(probabilities, this.#classCount);
    addConfusion(this.#confusion, confusionMatrix(actual, answers, this.#classCount));
    this.#seconds += seconds;
  }

  result(): ValidatedLearner {
    const macroF1s = this.#scores.map((score) => score.macroF1);
    const accuracies = this.#scores.map(({ accuracy }) => accuracy);
    return {
      learner: this.#settings.learner,
      settings: this.#settings,
      macroF1: meanOf(macroF1s),
      macroF1Spread: spreadOf(macroF1s),
      pooledMacroF1: macroF1(this.#confusion),
      accuracy: meanOf(accuracies),
      accuracySpread: spreadOf(accuracies),
      ece: this.#calibration.error(),
      folds: this.#scores.length,
      seconds: this.#seconds,
    };
  }
}
