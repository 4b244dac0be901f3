import type { Tree } from "./tree.ts";

/** Collects the nodes of a tree in order of their creation. */
export class TreeWriter {
  readonly #columns: number[] = [];
  readonly #thresholds: number[] = [];
  readonly #gapsLeft: number[] = [];
  readonly #left: number[] = [];
  readonly #right: number[] = [];
  readonly #cover: number[] = [];
  readonly #leaves = new Map<number, { readonly outputs: readonly number[]; readonly values: readonly number[] }>();

  /** @returns the number of the node, which is a leaf without values until it is split or given some */
  addNode(cover: number): number {
    this.#columns.push(-1);
    this.#thresholds.push(0);
    this.#gapsLeft.push(0);
    this.#left.push(0);
    this.#right.push(0);
    return this.#cover.push(cover) - 1;
  }

  split(node: number, column: number, threshold: number, gapsLeft: boolean, left: number, right: number): void {
    this.#columns[node] = column;
    this.#thresholds[node] = threshold;
    this.#gapsLeft[node] = gapsLeft ? 1 : 0;
    this.#left[node] = left;
    this.#right[node] = right;
  }

  setValues(leaf: number, outputs: readonly number[], values: readonly number[]): void {
    this.#leaves.set(leaf, { outputs, values });
  }

  finish(): Tree {
    const valueStarts = new Int32Array(this.#columns.length + 1);
    const outputs: number[] = [];
    const values: number[] = [];
    for (let node = 0; node < this.#columns.length; node++) {
      const leaf = this.#leaves.get(node);
      if (leaf) {
        outputs.push(...leaf.outputs);
        values.push(...leaf.values);
      }
      valueStarts[node + 1] = values.length;
    }
    return {
      columns: Int32Array.from(this.#columns),
      thresholds: Float32Array.from(this.#thresholds),
      gapsLeft: Uint8Array.from(this.#gapsLeft),
      left: Int32Array.from(this.#left),
      right: Int32Array.from(this.#right),
      cover: Float32Array.from(this.#cover),
      valueStarts,
      outputs: Int32Array.from(outputs),
      values: Float32Array.from(values),
    };
  }
}
