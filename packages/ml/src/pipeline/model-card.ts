import type { CardWindow } from "../window/card-window.ts";
import type { TrainingSettings } from "./training-settings.ts";

export const modelCardSchema = "model-card.v1";

/** Key of the card in the metadata of an `.onnx` file. */
export const modelCardKey = "systemhealer.card";

/** What a model says of itself. */
export interface ModelCard {
  readonly schema: typeof modelCardSchema;
  /** Input columns in the order of the graph's `features` input; `used` where the graph reads the column. */
  readonly features: readonly { readonly name: string; readonly used: boolean }[];
  /** Output columns in the order of the graph's `probabilities` output. */
  readonly classes: readonly string[];
  /** Classes of the training file that had too few rows to be learned; absent where there was none. */
  readonly classesLeftOut?: readonly string[] | undefined;
  readonly learner: string;
  readonly settings: TrainingSettings;
  /** ISO 8601. */
  readonly trainedAt: string;
  /** Rows of the training part, which weights and preprocessing were fitted to. */
  readonly trainingRows: number;
  readonly trainingFileSha256: string;
  /** On the test part. */
  readonly accuracy: number;
  /** On the test part. */
  readonly macroF1: number;
  /** Expected calibration error on the test part, 15 bins; not of a model made before it was kept. */
  readonly ece?: number | undefined;
  /** Rows of the test part per class, and how many of them were diagnosed as it; an adapted model has no such part. */
  readonly heldOut?: readonly { readonly rows: number; readonly right: number }[] | undefined;
  readonly software: string;
  /** Only of a model whose answers are told from several rows: its input is `rows × features`, the oldest row first. */
  readonly window?: CardWindow | undefined;
  /** Where the model was fitted to another environment: accuracy and macro-F1 are then what is expected there. */
  readonly adaptedFrom?: AdaptationOrigin | undefined;
}

/** What an adapted model was made of. */
export interface AdaptationOrigin {
  /** Lower-case hexadecimal; of the model's file. */
  readonly modelSha256: string;
  /** Of the file that the parent learned its labels from. */
  readonly trainingFileSha256: string;
  /** Rows of the new environment. */
  readonly rows: number;
  readonly labelledRows: number;
}
