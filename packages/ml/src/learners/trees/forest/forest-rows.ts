import type { Samples } from "../../learner.ts";
import { binColumn, binEdges } from "../bins/bin-edges.ts";
import { createSharedMemory } from "../shared-memory.ts";
import type { ForestSettings } from "./forest-settings.ts";

const bins = 255;

/** Scratch of one thread, by address. */
export interface ForestScratch {
  readonly rows: number;
  readonly spare: number;
  readonly gathered: number;
  readonly candidates: number;
  /** Per class that a node holds: end of its rows (u32), see `random-split.ts`. */
  readonly ends: number;
  readonly classWeights: number;
  /** With room for as many more. */
  readonly totals: number;
  readonly result: number;
}

/**
 * Rows in the memory that the threads of a forest share: sorted by class, so that the rows of a node lie class by class
 * as long as every partition keeps their order.
 */
export interface ForestRows {
  readonly memory: WebAssembly.Memory;
  readonly rowCount: number;
  readonly classCount: number;
  /** Columns with more than one value, by their numbers in the samples. */
  readonly columns: Int32Array;
  /** Address of a byte per column, 1 where its gaps go to a side that is drawn. */
  readonly drawnGaps: number;
  /** Address of float32 values, column by column. */
  readonly values: number;
  /** Of bins, column by column; for `best` splits. */
  readonly bins: number;
  readonly edges: readonly Float32Array[];
  readonly labels: Int32Array;
  /** Weight of a row of each class. */
  readonly classWeights: Float64Array;
  /** Running sums of the rows' weights, where they differ within a class: trees then draw rows by them. */
  readonly weightSums?: Float64Array;
  readonly scratch: readonly ForestScratch[];
}

/** @throws FitError "out-of-memory" */
export function layOutForestRows(samples: Samples, settings: ForestSettings, threads: number): ForestRows {
  const { rowCount, columnCount, classCount, values, labels } = samples;
  const order = rowsByClass(labels, classCount);
  const columns = varyingColumns(samples);
  const exhaustive = settings.split === "best";
  let bytes = 0;
  const take = (size: number) => {
    const address = bytes;
    bytes = Math.ceil((bytes + size) / 64) * 64;
    return address;
  };
  const valuesAddress = take(columns.length * rowCount * 4);
  const binsAddress = take(exhaustive ? columns.length * rowCount : 0);
  const drawnGaps = take(columns.length);
  const scratch = Array.from({ length: threads }, () => ({
    rows: take(rowCount * 4),
    spare: take(rowCount * 4),
    gathered: take((rowCount + 4) * 4),
    candidates: take(columns.length * 4),
    ends: take(classCount * 4),
    classWeights: take(classCount * 8),
    totals: take(2 * classCount * 8),
    result: take(64),
  }));
  const memory = createSharedMemory(bytes);

  new Uint8Array(memory.buffer, drawnGaps, columns.length).set(
    columns.map((column) => settings.drawnGaps?.[column] ?? 0),
  );
  const edges: Float32Array[] = [];
  for (const [place, column] of columns.entries()) {
    const target = new Float32Array(memory.buffer, valuesAddress + place * rowCount * 4, rowCount);
    for (let row = 0; row < rowCount; row++) target[row] = values[order[row] * columnCount + column];
    if (!exhaustive) continue;
    const columnEdges = binEdges(target, bins);
    new Uint8Array(memory.buffer, binsAddress + place * rowCount, rowCount).set(binColumn(target, columnEdges));
    edges.push(columnEdges);
  }
  return {
    memory,
    rowCount,
    classCount,
    columns,
    drawnGaps,
    values: valuesAddress,
    bins: binsAddress,
    edges,
    labels: order.map((row) => labels[row]),
    ...weighting(samples, order),
    scratch,
  };
}

function rowsByClass(labels: Int32Array, classCount: number): Int32Array {
  const next = new Int32Array(classCount + 1);
  for (const label of labels) next[label + 1]++;
  for (let label = 0; label < classCount; label++) next[label + 1] += next[label];
  const order = new Int32Array(labels.length);
  for (let row = 0; row < labels.length; row++) order[next[labels[row]]++] = row;
  return order;
}

function varyingColumns({ values, rowCount, columnCount }: Samples): Int32Array {
  const varying: number[] = [];
  for (let column = 0; column < columnCount; column++) {
    const first = values[column];
    for (let row = 1; row < rowCount; row++) {
      const value = values[row * columnCount + column];
      if (value === first || (Number.isNaN(value) && Number.isNaN(first))) continue;
      varying.push(column);
      break;
    }
  }
  return Int32Array.from(varying);
}

function weighting({ weights, labels, classCount }: Samples, order: Int32Array) {
  const classWeights = new Float64Array(classCount);
  let alike = true;
  for (let row = 0; row < labels.length; row++) {
    const label = labels[row];
    if (classWeights[label] === 0) classWeights[label] = weights[row];
    else if (classWeights[label] !== weights[row]) alike = false;
  }
  if (alike) return { classWeights };
  let sum = 0;
  const weightSums = Float64Array.from(order, (row) => {
    sum += weights[row];
    return sum;
  });
  return { classWeights: classWeights.fill(1), weightSums };
}
