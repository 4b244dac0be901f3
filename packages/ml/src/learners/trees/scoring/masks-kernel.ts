import type { Code } from "../../../wasm/code.ts";
import { f32x4, i8x16, i16x8, i32, i32x4, shuffle, v128 } from "../../../wasm/instructions.ts";
import { ifThen, type Local, type ModuleBuilder, whileLoop } from "../../../wasm/module-builder.ts";

/** One bit for each leaf, but not the sign. */
export const mostMaskedLeaves = 31;

/**
 * Bytes of a tree for `scoreByMasks`: this header, its nodes, then from the next multiple of 16 a table of its leaves.
 * The table holds the bytes of up to 16 leaf values, all first bytes, all second ones…; a wide tree has two tables.
 */
export const maskedTree = {
  nodesEnd: 0,
  sums: 4,
  length: 8,
  wide: 12,
  nodes: 16,
  tableBytes: 64,
  nodeBytes: 12,
} as const;
/** Bytes of a node: the threshold, where the values lie, and the bits of all leaves but those to its left. */
export const maskedNode = { threshold: 0, values: 4, mask: 8 } as const;

const bytes = 16;
const groups = [0, 1, 2, 3];
const splatBytes = (value: number): Code => v128.const(Array.from({ length: bytes }, () => value));
const exponentBits = 23;
const exponentBias = 127;

/**
 * `scoreByMasks(tree, end, values, sums)`: adds the leaf values of all trees from `tree` to `end` to the sums of 16
 * rows. `values` holds 16 rows of each column, `sums` those of each output. Every node of a tree is looked at: of a row
 * that does not go left, the leaves to its left are struck out, and the first leaf that remains is the row's (C.
 * Lucchese et al., "QuickScorer", 2015; with vectors: R. Ye et al., "RapidScorer", 2018). No branch depends on a value.
 */
export function addScoreByMasks(module: ModuleBuilder): void {
  module.add("scoreByMasks", ["i32", "i32", "i32", "i32"], (f, tree, end, values, sums) => {
    const node = f.local("i32");
    const nodesEnd = f.local("i32");
    const at = f.local("i32");
    const threshold = f.local("v128");
    const kept = f.local("v128");
    const place = f.local("v128");
    const masks = groups.map(() => f.local("v128"));
    const planes = groups.map(() => f.local("v128"));
    const pairs = groups.map(() => f.local("v128"));
    const field = (offset: number): Code => i32.load(tree.get, offset);

    const strike: Code = [
      threshold.set(v128.load32Splat(node.get, maskedNode.threshold)),
      kept.set(v128.load32Splat(node.get, maskedNode.mask)),
      at.set(i32.add(values.get, i32.load(node.get, maskedNode.values))),
      groups.map((group) => {
        const goesLeft = f32x4.le(v128.load(at.get, bytes * group), threshold.get);
        return masks[group].set(v128.and(masks[group].get, v128.or(goesLeft, kept.get)));
      }),
      node.increase(maskedTree.nodeBytes),
    ];
    const look = (table: number, lane: Code): Code =>
      groups.map((plane) => {
        const found = i8x16.swizzle(v128.load(node.get, maskedTree.tableBytes * table + bytes * plane), lane);
        return planes[plane].set(table === 0 ? found : v128.or(planes[plane].get, found));
      });
    return whileLoop(i32.ltU(tree.get, end.get), [
      masks.map((mask) => mask.set(splatBytes(255))),
      node.set(i32.add(tree.get, i32.const(maskedTree.nodes))),
      nodesEnd.set(i32.add(tree.get, field(maskedTree.nodesEnd))),
      whileLoop(i32.ltU(node.get, nodesEnd.get), strike),
      place.set(firstBits(masks)),
      // The table begins where the nodes end, on a multiple of 16.
      node.set(i32.and(i32.add(nodesEnd.get, i32.const(bytes - 1)), i32.const(-bytes))),
      look(0, place.get),
      ifThen(field(maskedTree.wide), look(1, i8x16.sub(place.get, splatBytes(bytes)))),
      at.set(i32.add(sums.get, field(maskedTree.sums))),
      addPlanes(planes, pairs, at),
      tree.set(i32.add(tree.get, field(maskedTree.length))),
    ]);
  });
}

/** Place of the lowest bit of each of 16 words, as bytes: it is the exponent of that bit as a float. */
function firstBits(words: readonly Local[]): Code {
  const exponents = words.map((word) =>
    i32x4.shrU(f32x4.convertI32x4S(v128.and(word.get, i32x4.neg(word.get))), i32.const(exponentBits)),
  );
  const halves = [0, 2].map((first) => i16x8.narrowI32x4S(exponents[first], exponents[first + 1]));
  return i8x16.sub(i8x16.narrowI16x8U(halves[0], halves[1]), splatBytes(exponentBias));
}

/** Joins the bytes of 16 floats, which lie apart, and adds the floats to those at `at`. */
function addPlanes(planes: readonly Local[], pairs: readonly Local[], at: Local): Code {
  const interleaved = (left: Local, right: Local, half: number, size: number): Code => {
    const lane = (index: number) => {
      const unit = Math.floor(index / size);
      const from = half * 8 + (unit >> 1) * size + (index % size);
      return unit % 2 === 0 ? from : bytes + from;
    };
    return shuffle(
      left.get,
      right.get,
      Array.from({ length: bytes }, (_, index) => lane(index)),
    );
  };
  return [
    // Bytes 0 and 1 of rows 0 to 7 and 8 to 15, then bytes 2 and 3 of them.
    pairs[0].set(interleaved(planes[0], planes[1], 0, 1)),
    pairs[1].set(interleaved(planes[0], planes[1], 1, 1)),
    pairs[2].set(interleaved(planes[2], planes[3], 0, 1)),
    pairs[3].set(interleaved(planes[2], planes[3], 1, 1)),
    groups.map((group) => {
      const half = group >> 1;
      const floats = interleaved(pairs[half], pairs[2 + half], group % 2, 2);
      return v128.store(at.get, f32x4.add(v128.load(at.get, bytes * group), floats), bytes * group);
    }),
  ];
}
