import type { Tensor } from "onnxruntime-node";
import { onnxRuntime } from "../onnx/runtime.ts";
import { createPacer } from "../pacer.ts";
import type { NativeGate } from "../workers/native-gate.ts";
import { featuresInput, noveltyOutput, probabilitiesOutput } from "./graph-names.ts";
import { closeParts, type OpenGraph, type OpenParts, openSharedParts, type PredictorParts } from "./predictor-parts.ts";

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
  /** What `sharePredictor` answers by, on another thread. */
  readonly parts: PredictorParts;
  /**
   * @param values at least `rowCount × columnCount` raw values, row by row; neither kept nor changed
   * @param novelty receives the novelty of each row where the model tells it; `rowCount` long or longer
   * @returns `rowCount × classCount` probabilities, row by row
   */
  predict(values: Float32Array, rowCount: number, novelty?: Float32Array): Promise<Float32Array>;
  /**
   * The same up to rounding, quicker where a row differs from the one before in a few columns. `predict` answers a row
   * whatever the others are.
   */
  predictVariants(values: Float32Array, rowCount: number): Promise<Float32Array>;
  close(): Promise<void>;
}

/**
 * Answers as the predictor that the parts are of, bit by bit, on a thread of its own.
 * @param thread from 1, a number for each; below `mostScoringThreads`
 * @param gate passed before each run; once it is closed, `predict` throws
 */
export async function sharePredictor(parts: PredictorParts, thread: number, gate: NativeGate): Promise<Predictor> {
  return predictorOf(await openSharedParts(parts, thread), gate);
}

/** Answers by open parts, and closes them. */
export function predictorOf(open: OpenParts, gate?: NativeGate): Predictor {
  const { parts, full, before, trees, layers } = open;
  const { columnCount, classCount, treeOutputs } = parts;
  const { Tensor } = onnxRuntime();
  const rowsByWork = Math.floor((multiplicationsPerRun * bytesPerWeight) / parts.full.bytes.length);
  const rowsPerRun = Math.max(leastRowsPerRun, Math.min(mostRowsAtOnce(columnCount), rowsByWork));
  const tellsNovelty = full.session.outputNames.includes(noveltyOutput);
  const pass = <T>(work: () => Promise<T>): Promise<T> => (gate ? gate.pass(work) : work());
  let plain: Promise<OpenGraph> | undefined;

  async function feedsOf(
    { inputs }: OpenGraph,
    values: Float32Array,
    first: number,
    count: number,
    following: boolean,
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
      const scores = scorer.score(data as Float32Array, count, dims[1], following);
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
    plain ??= open.openPlain().catch((error: unknown) => {
      plain = undefined;
      throw error;
    });
    return plain;
  }

  async function answer(
    values: Float32Array,
    rowCount: number,
    novelty: Float32Array | undefined,
    following: boolean,
  ): Promise<Float32Array> {
    if (values.length < rowCount * columnCount) {
      throw new RangeError(`${values.length} values are fewer than ${rowCount} rows of ${columnCount}`);
    }
    const probabilities = new Float32Array(rowCount * classCount);
    const withNovelty = novelty !== undefined && tellsNovelty;
    const wanted = withNovelty ? [probabilitiesOutput, noveltyOutput] : [probabilitiesOutput];
    const graph = withNovelty || !tellsNovelty ? full : await pass(plainGraph);
    const pacer = createPacer();
    for (let first = 0; first < rowCount; first += rowsPerRun) {
      await pacer.giveWay();
      const count = Math.min(rowsPerRun, rowCount - first);
      const run = async () => {
        const feeds =
          count % rowsPerGroup === 0
            ? await feedsOf(graph, values, first, count, following)
            : await feedsOf(graph, filledUp(values, first, count), 0, wholeGroups(count), following);
        return graph.session.run(feeds, wanted);
      };
      const outputs = await pass(run);
      const found = outputs[probabilitiesOutput].data as Float32Array;
      probabilities.set(found.subarray(0, count * classCount), first * classCount);
      if (withNovelty) novelty.set((outputs[noveltyOutput].data as Float32Array).subarray(0, count), first);
    }
    return probabilities;
  }

  async function close(): Promise<void> {
    const opened = await plain?.catch(() => undefined);
    if (opened && opened !== full) await opened.session.release();
    await closeParts(open);
  }

  return {
    tellsNovelty,
    parts,
    predict: (values, rowCount, novelty) => answer(values, rowCount, novelty, false),
    predictVariants: (values, rowCount) => answer(values, rowCount, undefined, true),
    close,
  };
}

const wholeGroups = (rows: number) => Math.ceil(rows / rowsPerGroup) * rowsPerGroup;

/** How many rows of so many columns one run of a model takes at most. */
export function mostRowsAtOnce(columnCount: number): number {
  return Math.max(leastRowsPerRun, Math.min(mostRowsPerRun, Math.floor(cellsPerRun / columnCount)));
}
