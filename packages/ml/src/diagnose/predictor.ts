import type { InferenceSession } from "onnxruntime-node";
import { onnxRuntime, openSession } from "../onnx/runtime.ts";
import { createPacer } from "../pacer.ts";
import { ModelFileError } from "./model-file-error.ts";

/** Name of a model's input: raw KPI values, float32 `[N, features]`, NaN for a gap. */
export const featuresInput = "features";
/** Name of a model's output: float32 `[N, classes]`. */
export const probabilitiesOutput = "probabilities";
/** Name of a second output that a model may have: float32 `[N, 1]`; the higher, the less a row is like any class. */
export const noveltyOutput = "novelty";

/**
 * Bounds of one run. What it holds between its operators stays in the processor's cache (an encoding makes dozens of
 * columns of one): 64 to 256 rows are the quickest for networks, boosted trees and forests alike, and ten times as many
 * take ten times the memory. They follow from the model alone, never from the clock.
 */
const mostRowsPerRun = 256;
const leastRowsPerRun = 16;
const cellsPerRun = 2 ** 17;
/** Of a heavy model, whose runs would block the event loop for long. */
const multiplicationsPerRun = 1e9;
const bytesPerWeight = 4;

export interface Predictor {
  /** Whether the model has the second output. */
  readonly tellsNovelty: boolean;
  /**
   * @param values at least `rowCount × columnCount` raw values, row by row; neither kept nor changed
   * @param novelty receives the novelty of each row where the model tells it; `rowCount` long or longer
   * @returns `rowCount × classCount` probabilities, row by row
   */
  predict(values: Float32Array, rowCount: number, novelty?: Float32Array): Promise<Float32Array>;
  close(): Promise<void>;
}

/**
 * Opens a model's graph, whatever its metadata.
 * @throws ModelFileError where onnxruntime does not read it, or its input and output are not of these widths
 */
export async function openPredictor(
  bytes: Uint8Array,
  columnCount: number,
  classCount: number,
  threads: number,
): Promise<Predictor> {
  const session = await open(bytes, threads);
  if (!isMatrixToMatrix(session, columnCount, classCount)) {
    await session.release();
    throw new ModelFileError("wrong-shape", "the model's input and output are not those that its card tells");
  }
  const { Tensor } = onnxRuntime();
  const rowsByWork = Math.floor((multiplicationsPerRun * bytesPerWeight) / bytes.length);
  const rowsByMemory = Math.floor(cellsPerRun / columnCount);
  const rowsPerRun = Math.max(leastRowsPerRun, Math.min(mostRowsPerRun, rowsByMemory, rowsByWork));
  const tellsNovelty = session.outputNames.includes(noveltyOutput);

  async function predict(values: Float32Array, rowCount: number, novelty?: Float32Array): Promise<Float32Array> {
    if (values.length < rowCount * columnCount) {
      throw new RangeError(`${values.length} values are fewer than ${rowCount} rows of ${columnCount}`);
    }
    const probabilities = new Float32Array(rowCount * classCount);
    const wanted = novelty && tellsNovelty ? [probabilitiesOutput, noveltyOutput] : [probabilitiesOutput];
    const pacer = createPacer();
    for (let first = 0; first < rowCount; first += rowsPerRun) {
      await pacer.giveWay();
      const end = Math.min(first + rowsPerRun, rowCount);
      const rows = new Tensor("float32", values.subarray(first * columnCount, end * columnCount), [
        end - first,
        columnCount,
      ]);
      const outputs = await session.run({ [featuresInput]: rows }, wanted);
      probabilities.set(outputs[probabilitiesOutput].data as Float32Array, first * classCount);
      if (wanted.length > 1) novelty?.set(outputs[noveltyOutput].data as Float32Array, first);
    }
    return probabilities;
  }

  return { tellsNovelty, predict, close: () => session.release() };
}

async function open(bytes: Uint8Array, threads: number): Promise<InferenceSession> {
  onnxRuntime();
  try {
    return await openSession(bytes, threads);
  } catch (cause) {
    throw new ModelFileError("not-onnx", "onnxruntime does not read the model", { cause });
  }
}

function isMatrixToMatrix(session: InferenceSession, columnCount: number, classCount: number): boolean {
  const [input] = session.inputMetadata;
  const output = session.outputMetadata.find(({ name }) => name === probabilitiesOutput);
  return (
    session.inputMetadata.length === 1 &&
    input.name === featuresInput &&
    isMatrix(input, columnCount) &&
    output !== undefined &&
    isMatrix(output, classCount)
  );
}

function isMatrix(value: InferenceSession.ValueMetadata, columns: number): boolean {
  return value.isTensor && value.type === "float32" && value.shape.length === 2 && value.shape[1] === columns;
}
