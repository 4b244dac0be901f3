import type { Tree, TreeEnsemble } from "../tree.ts";
import { laneBytes } from "./lanes.ts";
import { maskedNode, maskedTree, mostMaskedLeaves } from "./masks-kernel.ts";
import { leafList, walkNode } from "./walk-kernel.ts";

/** Where the values of a column lie among those of 16 rows; a gap goes left or right. */
export type ValuesOffset = (column: number, gapsLeft: boolean) => number;

/** Where a part of an ensemble lies, in the order of its trees. */
export type LaidPart =
  | { readonly kind: "masks"; readonly start: number; readonly end: number }
  | { readonly kind: "walk"; readonly root: number };

const alignment = 16;

/** Whether `scoreByMasks` takes the tree: few leaves, each of one value for the same output. */
function isMasked(tree: Tree): boolean {
  const { columns, outputs, valueStarts } = tree;
  const leaves = columns.reduce((count, column) => count + (column < 0 ? 1 : 0), 0);
  if (leaves > mostMaskedLeaves || outputs.length !== leaves || outputs.some((output) => output !== outputs[0])) {
    return false;
  }
  return columns.every((column, node) => valueStarts[node + 1] - valueStarts[node] === (column < 0 ? 1 : 0));
}

function maskedBytes({ columns, outputs }: Tree): number {
  const nodes = aligned(maskedTree.nodes + (columns.length - outputs.length) * maskedTree.nodeBytes);
  return nodes + maskedTree.tableBytes * (isWide(outputs.length) ? 2 : 1);
}

function isWide(leaves: number): boolean {
  return leaves > 16;
}

function walkBytes({ columns, valueStarts, values }: Tree): number {
  const leaves = columns.reduce((count, column) => count + (column < 0 ? 1 : 0), 0);
  // Apart from the root and a leaf's neighbour that is never come to, children come in pairs.
  return aligned(
    (columns.length + 1) * walkNode.bytes + 4 * leaves + leafList.bytes * (values.length - valueStarts[0]),
  );
}

function aligned(bytes: number): number {
  return Math.ceil(bytes / alignment) * alignment;
}

/** Bytes that `layEnsemble` writes. */
export function bytesOf({ trees }: Pick<TreeEnsemble, "trees">): number {
  return trees.reduce((sum, tree) => sum + (isMasked(tree) ? maskedBytes(tree) : walkBytes(tree)), 0);
}

/**
 * Writes an ensemble into memory from `address` on, as the kernels take it.
 * @param address a multiple of 16
 * @param memory long enough for `bytesOf`
 * @param sums where the sums of output 0 lie among the sums of 16 rows
 */
export function layEnsemble(
  { trees }: Pick<TreeEnsemble, "trees">,
  memory: DataView,
  address: number,
  sums: number,
  values: ValuesOffset,
): LaidPart[] {
  const parts: LaidPart[] = [];
  let at = address;
  for (const tree of trees) {
    const end = at + (isMasked(tree) ? maskedBytes(tree) : walkBytes(tree));
    const last = parts.at(-1);
    if (!isMasked(tree)) {
      layWalked(tree, memory, at, sums, values);
      parts.push({ kind: "walk", root: at });
    } else {
      layMasked(tree, memory, at, sums, values);
      if (last?.kind === "masks") parts[parts.length - 1] = { ...last, end };
      else parts.push({ kind: "masks", start: at, end });
    }
    at = end;
  }
  return parts;
}

function layMasked(tree: Tree, memory: DataView, start: number, sums: number, values: ValuesOffset): void {
  const { columns, left, right, thresholds, gapsLeft, valueStarts, outputs } = tree;
  const leafCount = outputs.length;
  const branches = columns.length - leafCount;
  const nodesEnd = maskedTree.nodes + branches * maskedTree.nodeBytes;
  const table = start + aligned(nodesEnd);
  const word = (offset: number, value: number) => memory.setInt32(start + offset, value, true);
  word(maskedTree.nodesEnd, nodesEnd);
  word(maskedTree.sums, sums + outputs[0] * laneBytes);
  word(maskedTree.length, maskedBytes(tree));
  word(maskedTree.wide, isWide(leafCount) ? 1 : 0);
  const float = new DataView(new ArrayBuffer(4));
  let leaf = 0;
  let at = start + maskedTree.nodes;
  /** @returns the number of the first leaf below a node; leaves are numbered from left to right */
  const visit = (node: number): void => {
    if (columns[node] < 0) {
      float.setFloat32(0, tree.values[valueStarts[node]], true);
      const place = table + maskedTree.tableBytes * (leaf >> 4) + (leaf & 15);
      for (let plane = 0; plane < 4; plane++) memory.setUint8(place + 16 * plane, float.getUint8(plane));
      leaf++;
      return;
    }
    const first = leaf;
    visit(left[node]);
    const toTheLeft = 2 ** leaf - 2 ** first;
    memory.setFloat32(at + maskedNode.threshold, thresholds[node], true);
    memory.setInt32(at + maskedNode.values, values(columns[node], gapsLeft[node] === 1), true);
    memory.setInt32(at + maskedNode.mask, ~toTheLeft, true);
    at += maskedTree.nodeBytes;
    visit(right[node]);
  };
  visit(0);
}

function layWalked(tree: Tree, memory: DataView, start: number, sums: number, values: ValuesOffset): void {
  const { columns, left, right, thresholds, gapsLeft, valueStarts, outputs } = tree;
  const word = (address: number, value: number) => memory.setInt32(address, value, true);
  let list = start + (columns.length + 1) * walkNode.bytes;
  let free = start + walkNode.bytes;
  // A node and its place; breadth first, so that the nodes of most rows lie together.
  const nodes = [0];
  const places = [start];
  for (let next = 0; next < nodes.length; next++) {
    const node = nodes[next];
    const place = places[next];
    const column = columns[node];
    if (column >= 0) {
      memory.setFloat32(place + walkNode.threshold, thresholds[node], true);
      word(place + walkNode.values, values(column, gapsLeft[node] === 1));
      word(place + walkNode.left, free);
      nodes.push(left[node], right[node]);
      places.push(free, free + walkNode.bytes);
      free += 2 * walkNode.bytes;
      continue;
    }
    memory.setFloat32(place + walkNode.threshold, Number.POSITIVE_INFINITY, true);
    word(place + walkNode.values, 0);
    word(place + walkNode.left, place);
    word(place + walkNode.leaf, list);
    word(list + leafList.count, valueStarts[node + 1] - valueStarts[node]);
    list += leafList.first;
    for (let value = valueStarts[node]; value < valueStarts[node + 1]; value++) {
      word(list + leafList.sums, sums + outputs[value] * laneBytes);
      memory.setFloat32(list + leafList.value, tree.values[value], true);
      list += leafList.bytes;
    }
  }
}
