import { createPacer } from "../pacer.ts";
import type { Table } from "../table/table.ts";

const empty = -1;

/**
 * Rows whose features and label differ from those of every earlier row, in rising order. Gaps equal gaps, and 0
 * equals −0.
 * @returns row indexes
 */
export async function dropDuplicates(table: Table, labels: Int32Array, signal?: AbortSignal): Promise<Int32Array> {
  const { rowCount, values } = table;
  const width = table.featureNames.length;
  const pacer = createPacer(signal);
  const slots = new Int32Array(2 ** Math.ceil(Math.log2(2 * rowCount + 2))).fill(empty);
  const bits = new Int32Array(1);
  const float = new Float32Array(bits.buffer);
  const kept = new Int32Array(rowCount);
  let count = 0;

  function hash(row: number): number {
    let mixed = labels[row] | 0;
    for (let cell = row * width; cell < (row + 1) * width; cell++) {
      const value = values[cell];
      float[0] = Number.isNaN(value) ? Number.NaN : value + 0;
      mixed = Math.imul(mixed ^ bits[0], 0x9e3779b1);
      mixed ^= mixed >>> 15;
    }
    return Math.imul(mixed, 0x85ebca6b) >>> 0;
  }

  function equal(row: number, other: number): boolean {
    if (labels[row] !== labels[other]) return false;
    for (let column = 0; column < width; column++) {
      const one = values[row * width + column];
      const two = values[other * width + column];
      if (one !== two && !(Number.isNaN(one) && Number.isNaN(two))) return false;
    }
    return true;
  }

  for (let row = 0; row < rowCount; row++) {
    await pacer.giveWay();
    let slot = hash(row) & (slots.length - 1);
    while (slots[slot] !== empty && !equal(row, slots[slot])) slot = (slot + 1) & (slots.length - 1);
    if (slots[slot] !== empty) continue;
    slots[slot] = row;
    kept[count++] = row;
  }
  return kept.slice(0, count);
}
