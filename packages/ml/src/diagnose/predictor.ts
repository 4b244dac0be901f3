import type { InferenceSession } from "onnxruntime-node";
import { onnxRuntime } from "../onnx/runtime.ts";
import { featuresInput, noveltyOutput, probabilitiesOutput } from "./graph-names.ts";
import { ModelFileError } from "./model-file-error.ts";
import { closeParts, type OpenGraph, type OpenParts, openGraphs } from "./predictor-parts.ts";
import { type Predictor, predictorOf } from "./shared-predictor.ts";
import { splitModel } from "./split-model.ts";

export interface PredictorOptions {
  /** Threads that one operator of onnxruntime may use; default 1. */
  readonly threads?: number;
  /** Leaves all of the model to onnxruntime, the trees too. */
  readonly whole?: boolean;
}

/**
 * Opens a model's graph, whatever its metadata. Its trees and the first layers of its networks are scored beside
 * onnxruntime, which is many times as quick; trees give the same sums bit by bit, layers the same up to rounding. What
 * answers without novelty leaves out what only novelty needs, which onnxruntime would compute all the same.
 * @throws ModelFileError where onnxruntime does not read it, or its input and output are not of these widths
 */
export async function openPredictor(
  bytes: Uint8Array,
  columnCount: number,
  classCount: number,
  options: PredictorOptions = {},
): Promise<Predictor> {
  const { threads = 1, whole = false } = options;
  return predictorOf(await openParts(bytes, whole, { columnCount, classCount, threads }));
}

interface Opening {
  readonly columnCount: number;
  readonly classCount: number;
  readonly threads: number;
}

async function openParts(bytes: Uint8Array, whole: boolean, opening: Opening): Promise<OpenParts> {
  const apart = whole ? undefined : await openApart(bytes, opening);
  const { open, takesFeatures } = apart ?? (await openWhole(bytes, opening));
  if (!takesFeatures || !givesProbabilities(open.full, opening.classCount)) {
    await closeParts(open);
    throw new ModelFileError("wrong-shape", "the model's input and output are not those that its card tells");
  }
  return open;
}

interface Found {
  readonly open: OpenParts;
  /** Whether the model takes features, as many as its card tells, and nothing else. */
  readonly takesFeatures: boolean;
}

/** @returns undefined where the model cannot be taken apart */
async function openApart(bytes: Uint8Array, { columnCount, classCount, threads }: Opening): Promise<Found | undefined> {
  const split = splitModel(bytes, columnCount);
  if (!split?.outputNames.includes(probabilitiesOutput)) return undefined;
  const names = [probabilitiesOutput, noveltyOutput].filter((name) => split.outputNames.includes(name));
  const { trees, treeOutputs, layers } = split;
  try {
    const parts = {
      columnCount,
      classCount,
      full: split.graphFor(names),
      plain: names.includes(noveltyOutput) ? split.graphFor([probabilitiesOutput]) : undefined,
      before: split.beforeLayers,
      trees: trees?.shared,
      treeOutputs,
      layers: layers.map(({ scorer, input, output }) => ({ tables: scorer.shared, input, output })),
    };
    const open = await openGraphs(parts, { trees, layers }, threads);
    return { open, takesFeatures: split.takes(featuresInput, columnCount) };
  } catch {
    // What is wrong with it is told of the whole model.
    return undefined;
  }
}

async function openWhole(bytes: Uint8Array, { columnCount, classCount, threads }: Opening): Promise<Found> {
  onnxRuntime();
  const full = { bytes, inputs: [featuresInput] };
  const nothing = { plain: undefined, before: undefined, trees: undefined, treeOutputs: [], layers: [] };
  try {
    const open = await openGraphs({ columnCount, classCount, full, ...nothing }, nothing, threads);
    const { inputMetadata } = open.full.session;
    const [input] = inputMetadata;
    const takesFeatures = inputMetadata.length === 1 && input.name === featuresInput && isMatrix(input, columnCount);
    return { open, takesFeatures };
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
