import type { Samples } from "../../learner.ts";
import { binColumn, binEdges } from "../bins/bin-edges.ts";
import { ColumnReader } from "../bins/column-reader.ts";
import { createSharedMemory } from "../shared-memory.ts";
import { type BoostingAddresses, layOutMemory } from "./boosting-memory.ts";
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
  const binned: Uint8Array[] = [];
  const columns = new ColumnReader(training);
  for (let column = 0; column < columnCount; column++) {
    const values = columns.read(column);
    const columnEdges = binEdges(values, settings.bins);
    if (columnEdges.length < 2 && !hasGapsAndValues(values)) continue;
    used.push(column);
    edges.push(columnEdges);
    binned.push(binColumn(values, columnEdges));
  }
  const addresses = layOutMemory({
    rowCount,
    columnCount: used.length,
    classCount,
    leaves: settings.leaves,
    threads,
  });
  const memory = createSharedMemory(addresses.bytes);
  const bins = new Uint8Array(memory.buffer, addresses.bins);
  const validationColumns = new ColumnReader(validation);
  for (const [packed, column] of used.entries()) {
    const group = Math.floor(packed / columnsPerGroup);
    let at = group * rowCount * columnsPerGroup + (packed % columnsPerGroup);
    for (const part of [binned[packed], binColumn(validationColumns.read(column), edges[packed])]) {
      for (let row = 0; row < part.length; row++, at += columnsPerGroup) bins[at] = part[row];
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

function hasGapsAndValues(values: Float32Array): boolean {
  const gaps = values.reduce((count, value) => (Number.isNaN(value) ? count + 1 : count), 0);
  return gaps > 0 && gaps < values.length;
}
