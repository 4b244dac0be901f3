import type { ModelCard } from "../pipeline/model-card.ts";
import { inputWidth } from "../window/card-window.ts";
import type { DiagnosisModel } from "./diagnosis-model.ts";
import { ModelFileError } from "./model-file-error.ts";
import { openPredictor, type PredictorOptions } from "./predictor.ts";
import { readModelCard } from "./read-model-card.ts";
import { readModelMap } from "./read-model-map.ts";
import { readModelReference } from "./read-model-reference.ts";

export interface OpenModel extends DiagnosisModel {
  readonly card: ModelCard;
}

/**
 * Opens the bytes of a `model.onnx`.
 * @throws ModelFileError where they are no model of this product, or of another schema version
 */
export async function openModel(bytes: Uint8Array, options: PredictorOptions = {}): Promise<OpenModel> {
  const card = readModelCard(bytes);
  const reference = readModelReference(bytes, card.features.length, card.classes.length);
  const map = readModelMap(bytes, card.features.length);
  const predictor = await openPredictor(bytes, inputWidth(card), card.classes.length, options);
  if (!predictor.tellsNovelty && (reference?.noveltyLimit ?? null) !== null) {
    await predictor.close();
    throw new ModelFileError("wrong-shape", "the model has a limit of novelty and no output of it");
  }
  return { card, ...predictor, ...(reference && { reference }), ...(map && { map }) };
}
