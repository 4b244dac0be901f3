import type { ModelReference } from "../honesty/model-reference.ts";
import type { OpenMap } from "../map/open-map.ts";
import type { CardWindow } from "../window/card-window.ts";
import type { PredictorParts } from "./predictor-parts.ts";

/** What a diagnosis must know of a model; the model card is one. */
export interface DiagnosisCard {
  /** Input columns in the order of `predict`'s values; a column that is not `used` may be missing without harm. */
  readonly features: readonly { readonly name: string; readonly used: boolean }[];
  /** Output columns in the order of `predict`'s probabilities. */
  readonly classes: readonly string[];
  /** Where an answer is told from several rows. */
  readonly window?: CardWindow | undefined;
}

/** A model that is open and ready to diagnose. */
export interface DiagnosisModel {
  readonly card: DiagnosisCard;
  /** What the model knows of its own bounds, where its file tells. */
  readonly reference?: ModelReference;
  /** Places rows on the model's map, where it has one. */
  readonly map?: OpenMap;
  /** What other threads answer by as `predict` does, where they can. */
  readonly parts?: PredictorParts;
  /**
   * @param values `rowCount × card.features.length` raw KPI values, row by row; a gap is NaN. With a window, each row
   *   comes with those before it, `rowCount × card.window.rows × card.features.length`, the oldest first. Neither kept
   *   nor changed, and free to be reused once the promise is settled. May be longer than needed.
   * @param novelty receives the novelty of each row where the reference has a limit of it; `rowCount` long or longer
   * @returns `rowCount × card.classes.length` probabilities, row by row
   */
  predict(values: Float32Array, rowCount: number, novelty?: Float32Array): Promise<Float32Array>;
  /** The same up to rounding, where it is quicker for rows of which each differs from the one before in a few KPIs. */
  predictVariants?(values: Float32Array, rowCount: number): Promise<Float32Array>;
  close(): Promise<void>;
}
