import type { Samples } from "../../learner.ts";
import { binEdges, binOf } from "../bins/bin-edges.ts";
import { type BoostingAddresses, createMemory, layOutMemory } from "./boosting-memory.ts";
import type { BoostingSettings } from "./boosting-settings.ts";
import { columnsPerGroup } from "./layout.ts";

export interface PackedRows {
  readonly memory: WebAssembly.Memory;
  readonly addresses: BoostingAddresses;
  /** Columns of the samples that are packed: those with more than one value. */
  readonly columns: Int32Array;
  readonly edges: readonly Float32Array[];
  readonly slotCounts: Int32Array;
}

/** Bins the rows of both parts, by edges of the training part, into the memory that the kernels work on. */
export function packRows(
  training: Samples,
  validation: Samples,
  settings: BoostingSettings,
  threads: number,
): PackedRows {
  const { columnCount, classCount } = training;
  const rowCount = training.rowCount + validation.rowCount;
  const used: number[] = [];
  const edges: Float32Array[] = [];
  for (let column = 0; column < columnCount; column++) {
    const columnEdges = binEdges(training.values, training.rowCount, columnCount, column, settings.bins);
    if (columnEdges.length < 2 && !(columnEdges.length === 1 && hasGapsAndValues(training, column))) continue;
    used.push(column);
    edges.push(columnEdges);
  }
  const addresses = layOutMemory({
    rowCount,
    columnCount: used.length,
    classCount,
    leaves: settings.leaves,
    threads,
  });
  const memory = createMemory(addresses.bytes);
  const bins = new Uint8Array(memory.buffer, addresses.bins);
  const groupBytes = rowCount * columnsPerGroup;
  for (const [packed, column] of used.entries()) {
    const columnEdges = edges[packed];
    let at = Math.floor(packed / columnsPerGroup) * groupBytes + (packed % columnsPerGroup);
    for (const part of [training, validation]) {
      for (let row = 0; row < part.rowCount; row++, at += columnsPerGroup) {
        bins[at] = binOf(part.values[row * columnCount + column], columnEdges);
      }
    }
  }
  const labels = new Int32Array(memory.buffer, addresses.labels, rowCount);
  labels.set(training.labels);
  labels.set(validation.labels, training.rowCount);
  return {
    memory,
    addresses,
    columns: Int32Array.from(used),
    edges,
    slotCounts: Int32Array.from(edges, ({ length }) => length + 1),
  };
}

function hasGapsAndValues({ values, rowCount, columnCount }: Samples, column: number): boolean {
  let gaps = 0;
  for (let row = 0; row < rowCount; row++) if (Number.isNaN(values[row * columnCount + column])) gaps++;
  return gaps > 0 && gaps < rowCount;
}
