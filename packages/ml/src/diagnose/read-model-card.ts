import { NotOnnxError, readMetadata } from "../onnx/read-metadata.ts";
import { type ModelCard, modelCardKey, modelCardSchema } from "../pipeline/model-card.ts";
import { isCardWindow } from "../window/card-window.ts";
import { ModelFileError } from "./model-file-error.ts";

/**
 * The card that a model's file carries.
 * @throws ModelFileError where the bytes are no ONNX model, or have no card, or one of another schema
 */
export function readModelCard(bytes: Uint8Array): ModelCard {
  const text = metadata(bytes).get(modelCardKey);
  if (text === undefined) throw new ModelFileError("no-card", `the model has no metadata ${modelCardKey}`);
  const card = parse(text);
  if (!isObject(card)) throw new ModelFileError("unknown-card", "the model's card is no JSON object");
  if (card.schema !== modelCardSchema) {
    throw new ModelFileError("unknown-card", `the card's schema is ${String(card.schema)}, not ${modelCardSchema}`);
  }
  if (!isCard(card))
    throw new ModelFileError(
      "unknown-card",
      "the model's card names no features or no classes, or one of them twice, or an odd window",
    );
  return card;
}

function metadata(bytes: Uint8Array): Map<string, string> {
  try {
    return readMetadata(bytes);
  } catch (cause) {
    if (cause instanceof NotOnnxError) throw new ModelFileError("not-onnx", cause.message, { cause });
    throw cause;
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new ModelFileError("unknown-card", "the model's card is no JSON", { cause });
  }
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function isCard(card: Record<string, unknown>): card is Record<string, unknown> & ModelCard {
  const { features, classes, window } = card;
  return (
    (window === undefined || isCardWindow(window)) &&
    Array.isArray(features) &&
    features.length > 0 &&
    features.every((feature) => isObject(feature) && typeof feature.name === "string") &&
    areDistinct(features.map(({ name }) => name)) &&
    Array.isArray(classes) &&
    classes.length > 1 &&
    classes.every((name) => typeof name === "string") &&
    areDistinct(classes)
  );
}

function areDistinct(names: readonly string[]): boolean {
  return new Set(names).size === names.length;
}
