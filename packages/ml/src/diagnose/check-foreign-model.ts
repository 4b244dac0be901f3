import { foreignOperator } from "../onnx/foreign-operator.ts";
import { isOwnEncoding } from "../onnx/is-own-encoding.ts";
import { createRandom } from "../random/random.ts";
import { inputWidth } from "../window/card-window.ts";
import { type OpenModel, openModel } from "./model.ts";
import { ModelFileError } from "./model-file-error.ts";
import { readModelCard } from "./read-model-card.ts";

const probeRows = 64;
/** Distance from 1 of the sum of a row's probabilities. */
const tolerance = 1e-3;

/**
 * Checks the bytes of a `model.onnx` that may come from anywhere: it is ONNX with our card, holds only what we write,
 * opens, and answers every probe row (gaps only, zeros, values of all magnitudes) with probabilities.
 * @returns the model, open
 * @throws ModelFileError naming what is wrong
 */
export async function checkForeignModel(bytes: Uint8Array): Promise<OpenModel> {
  readModelCard(bytes);
  if (!isOwnEncoding(bytes))
    throw new ModelFileError("foreign-parts", "the file holds what this product does not write");
  const foreign = foreignOperator(bytes);
  if (foreign !== undefined) throw new ModelFileError("foreign-parts", `${foreign} is no operator of ours`);
  const model = await openModel(bytes);
  try {
    const { classes } = model.card;
    const probabilities = await model.predict(probes(inputWidth(model.card)), probeRows);
    if (!areProbabilities(probabilities, classes.length)) {
      throw new ModelFileError("bad-probabilities", "the model's answers to probe rows are no probabilities");
    }
    return model;
  } catch (error) {
    await model.close();
    if (error instanceof ModelFileError) throw error;
    throw new ModelFileError("bad-probabilities", "the model does not answer probe rows", { cause: error });
  }
}

function probes(width: number): Float32Array {
  const random = createRandom(5);
  const values = new Float32Array(probeRows * width);
  values.fill(Number.NaN, 0, width);
  for (let i = 2 * width; i < values.length; i++) {
    const sign = random.uniform() < 0.5 ? -1 : 1;
    values[i] = random.uniform() < 0.05 ? Number.NaN : sign * 10 ** (12 * random.uniform() - 3);
  }
  return values;
}

function areProbabilities(values: Float32Array, width: number): boolean {
  for (let start = 0; start < values.length; start += width) {
    const row = values.subarray(start, start + width);
    if (row.some((value) => !(value >= -tolerance && value <= 1 + tolerance))) return false;
    if (Math.abs(row.reduce((sum, value) => sum + value, 0) - 1) > tolerance) return false;
  }
  return true;
}
