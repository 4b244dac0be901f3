import type { InferenceSession, Tensor } from "onnxruntime-node";
import type { TreeScorer } from "../learners/trees/scoring/tree-scorer.ts";
import { onnxRuntime, openSession } from "../onnx/runtime.ts";
import { createPacer } from "../pacer.ts";
import { ModelFileError } from "./model-file-error.ts";
import { type SplitLayer, splitModel } from "./split-model.ts";

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
/**
 * onnxruntime computes rows in groups of so many, and what is left over by other instructions, whose last bits differ.
 * Rows are answered in whole groups, so that a row's answer does not depend on what else is asked or where a file is cut.
 */
const rowsPerGroup = 4;

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

export interface PredictorOptions {
  /** Threads that one operator of onnxruntime may use; default 1. */
  readonly threads?: number;
  /** Leaves all of the model to onnxruntime, the trees too. */
  readonly whole?: boolean;
}

/** A graph in onnxruntime. */
interface OpenGraph {
  readonly session: InferenceSession;
  /** Which of the values that could be given it takes. */
  readonly inputs: readonly string[];
}

/**
 * Opens a model's graph, whatever its metadata. Its trees and the first layers of its networks are scored beside
 * onnxruntime, which is many times as quick; trees give the same sums bit by bit, layers the same up to rounding. What answers without novelty leaves out what only novelty needs, which onnxruntime would
 * compute all the same.
 * @throws ModelFileError where onnxruntime does not read it, or its input and output are not of these widths
 */
export async function openPredictor(
  bytes: Uint8Array,
  columnCount: number,
  classCount: number,
  options: PredictorOptions = {},
): Promise<Predictor> {
  const { threads = 1, whole = false } = options;
  const parts =
    (whole ? undefined : await openParts(bytes, columnCount, threads)) ??
    (await openWhole(bytes, columnCount, threads));
  const { full, openPlain, before, trees, treeOutputs, layers } = parts;
  if (!parts.takesFeatures || !givesProbabilities(full, classCount)) {
    await Promise.all([full, before].map((graph) => graph?.session.release()));
    throw new ModelFileError("wrong-shape", "the model's input and output are not those that its card tells");
  }
  const { Tensor } = onnxRuntime();
  const rowsByWork = Math.floor((multiplicationsPerRun * bytesPerWeight) / parts.bytes);
  const rowsByMemory = Math.floor(cellsPerRun / columnCount);
  const rowsPerRun = Math.max(leastRowsPerRun, Math.min(mostRowsPerRun, rowsByMemory, rowsByWork));
  const tellsNovelty = full.session.outputNames.includes(noveltyOutput);
  let plain: Promise<OpenGraph> | undefined;

  async function feedsOf(
    { inputs }: OpenGraph,
    values: Float32Array,
    first: number,
    count: number,
  ): Promise<Record<string, Tensor>> {
    const fed: Record<string, Tensor> = {};
    const rows = values.subarray(first * columnCount, (first + count) * columnCount);
    const features = new Tensor("float32", rows, [count, columnCount]);
    if (inputs.includes(featuresInput)) fed[featuresInput] = features;
    const wanted = treeOutputs.map((name) => inputs.includes(name));
    for (const [index, sums] of trees?.score(values, first, count, wanted).entries() ?? []) {
      if (sums) fed[treeOutputs[index]] = new Tensor("float32", sums, [count, sums.length / count]);
    }
    const asked = layers.filter(({ output }) => inputs.includes(output));
    if (asked.length === 0 || !before) return fed;
    const prepared = await before.session.run({ [featuresInput]: features });
    for (const { scorer, input, output } of asked) {
      const { data, dims } = prepared[input];
      const scores = scorer.score(data as Float32Array, count, dims[1]);
      fed[output] = new Tensor("float32", scores, scorer.shape(count));
    }
    return fed;
  }

  /** The rows, and rows of zeros after them. */
  function filledUp(values: Float32Array, first: number, count: number): Float32Array {
    const filled = new Float32Array(wholeGroups(count) * columnCount);
    filled.set(values.subarray(first * columnCount, (first + count) * columnCount));
    return filled;
  }

  /** Opened when it is first asked for, and tried anew where that failed. */
  function plainGraph(): Promise<OpenGraph> {
    plain ??= openPlain().catch((error: unknown) => {
      plain = undefined;
      throw error;
    });
    return plain;
  }

  async function predict(values: Float32Array, rowCount: number, novelty?: Float32Array): Promise<Float32Array> {
    if (values.length < rowCount * columnCount) {
      throw new RangeError(`${values.length} values are fewer than ${rowCount} rows of ${columnCount}`);
    }
    const probabilities = new Float32Array(rowCount * classCount);
    const withNovelty = novelty !== undefined && tellsNovelty;
    const wanted = withNovelty ? [probabilitiesOutput, noveltyOutput] : [probabilitiesOutput];
    const graph = withNovelty || !tellsNovelty ? full : await plainGraph();
    const pacer = createPacer();
    for (let first = 0; first < rowCount; first += rowsPerRun) {
      await pacer.giveWay();
      const count = Math.min(rowsPerRun, rowCount - first);
      const feeds =
        count % rowsPerGroup === 0
          ? await feedsOf(graph, values, first, count)
          : await feedsOf(graph, filledUp(values, first, count), 0, wholeGroups(count));
      const outputs = await graph.session.run(feeds, wanted);
      const found = outputs[probabilitiesOutput].data as Float32Array;
      probabilities.set(found.subarray(0, count * classCount), first * classCount);
      if (withNovelty) novelty.set((outputs[noveltyOutput].data as Float32Array).subarray(0, count), first);
    }
    return probabilities;
  }

  async function close(): Promise<void> {
    const opened = await plain?.catch(() => undefined);
    if (opened && opened !== full) await opened.session.release();
    await before?.session.release();
    await full.session.release();
  }

  return { tellsNovelty, predict, close };
}

const wholeGroups = (rows: number) => Math.ceil(rows / rowsPerGroup) * rowsPerGroup;

interface Parts {
  readonly full: OpenGraph;
  /** Opens what answers without novelty. */
  openPlain(): Promise<OpenGraph>;
  readonly trees: TreeScorer | undefined;
  /** Names of the values that the trees give to the graph. */
  readonly treeOutputs: readonly string[];
  /** What is computed before the layers; undefined where there are none. */
  readonly before: OpenGraph | undefined;
  readonly layers: readonly SplitLayer[];
  /** Whether the model takes features, as many as its card tells, and nothing else. */
  readonly takesFeatures: boolean;
  /** Of the graph that onnxruntime computes. */
  readonly bytes: number;
}

/** @returns undefined where the model cannot be taken apart */
async function openParts(bytes: Uint8Array, columnCount: number, threads: number): Promise<Parts | undefined> {
  const split = splitModel(bytes, columnCount);
  if (!split?.outputNames.includes(probabilitiesOutput)) return undefined;
  const names = [probabilitiesOutput, noveltyOutput].filter((name) => split.outputNames.includes(name));
  const { bytes: fullBytes, inputs } = split.graphFor(names);
  const plain = split.graphFor([probabilitiesOutput]);
  let full: OpenGraph | undefined;
  try {
    full = { session: await openSession(fullBytes, threads), inputs };
    const openPlain = async () => ({ session: await openSession(plain.bytes, threads), inputs: plain.inputs });
    const takesFeatures = split.takes(featuresInput, columnCount);
    const { trees, treeOutputs, layers, beforeLayers } = split;
    const before = beforeLayers && { session: await openSession(beforeLayers.bytes, threads), inputs: [featuresInput] };
    return { full, openPlain, before, trees, treeOutputs, layers, takesFeatures, bytes: fullBytes.length };
  } catch {
    // What is wrong with it is told of the whole model.
    await full?.session.release();
    return undefined;
  }
}

async function openWhole(bytes: Uint8Array, columnCount: number, threads: number): Promise<Parts> {
  onnxRuntime();
  try {
    const session = await openSession(bytes, threads);
    const full = { session, inputs: [featuresInput] };
    const [input] = session.inputMetadata;
    const takesFeatures =
      session.inputMetadata.length === 1 && input.name === featuresInput && isMatrix(input, columnCount);
    const openPlain = async () => full;
    const none = { before: undefined, trees: undefined, treeOutputs: [], layers: [] };
    return { full, openPlain, ...none, takesFeatures, bytes: bytes.length };
  } catch (cause) {
    throw new ModelFileError("not-onnx", "onnxruntime does not read the model", { cause });
  }
}

function givesProbabilities({ session }: OpenGraph, classCount: number): boolean {
  const output = session.outputMetadata.find(({ name }) => name === probabilitiesOutput);
  return output !== undefined && isMatrix(output, classCount);
}

function isMatrix(value: InferenceSession.ValueMetadata, columns: number): boolean {
  return value.isTensor && value.type === "float32" && value.shape.length === 2 && value.shape[1] === columns;
}
