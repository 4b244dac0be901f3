import { computedBytes } from "../onnx/computed-bytes.ts";
import { foreignOperator } from "../onnx/foreign-operator.ts";
import { isOwnEncoding } from "../onnx/is-own-encoding.ts";
import { RuntimeUnavailableError } from "../onnx/runtime.ts";
import { createRandom } from "../random/random.ts";
import { inputWidth } from "../window/card-window.ts";
import { expectProbabilities } from "./expect-probabilities.ts";
import { type OpenModel, openModel } from "./model.ts";
import { ModelFileError } from "./model-file-error.ts";
import { readModelCard } from "./read-model-card.ts";
import { mostRowsAtOnce } from "./shared-predictor.ts";

const probeRows = 64;
/** Of all values together that one run computes; what this product writes stays far below it. */
const mostComputedBytes = 1024 ** 3;

/**
 * Checks the bytes of a `model.onnx` that may come from anywhere: it is ONNX with our card, holds only what we write,
 * computes no more than memory holds, opens, and answers every probe row (gaps only, zeros, values of all magnitudes)
 * with probabilities.
 * @returns the model, open
 * @throws ModelFileError naming what is wrong
 */
export async function checkForeignModel(bytes: Uint8Array): Promise<OpenModel> {
  readModelCard(bytes);
  if (!isOwnEncoding(bytes))
    throw new ModelFileError("foreign-parts", "the file holds what this product does not write");
  const foreign = foreignOperator(bytes);
  if (foreign !== undefined) throw new ModelFileError("foreign-parts", `${foreign} is no operator of ours`);
  await checkSizes(bytes);
  const model = await openModel(bytes);
  try {
    const { classes } = model.card;
    const probabilities = await model.predict(probes(inputWidth(model.card)), probeRows);
    expectProbabilities(probabilities, probeRows, classes.length);
    return model;
  } catch (error) {
    await model.close();
    if (error instanceof ModelFileError) throw error;
    throw new ModelFileError("bad-probabilities", "the model does not answer probe rows", { cause: error });
  }
}

/** A file of some bytes can tell of tensors that fill any memory, even before a row is asked. */
async function checkSizes(bytes: Uint8Array): Promise<void> {
  const rowCount = mostRowsAtOnce(inputWidth(readModelCard(bytes)));
  let computed: number | undefined;
  try {
    computed = await computedBytes(bytes, rowCount);
  } catch (cause) {
    if (cause instanceof RuntimeUnavailableError) throw cause;
    throw new ModelFileError("not-onnx", "onnxruntime does not read the model", { cause });
  }
  if (computed === undefined || computed > mostComputedBytes)
    throw new ModelFileError("foreign-parts", `the model computes ${computed ?? "untold"} bytes at once`);
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
