import type { Code } from "../../../wasm/code.ts";
import { f32, i32 } from "../../../wasm/instructions.ts";
import { doWhile, type Local, type ModuleBuilder, whileLoop } from "../../../wasm/module-builder.ts";
import { lanes } from "./lanes.ts";

/**
 * Bytes of a node for `scoreByWalk`: the threshold, where the values lie, the address of the left child, which the right
 * one follows, and of a leaf the address of its values. A leaf is its own left child, and all rows go left there.
 */
export const walkNode = { threshold: 0, values: 4, left: 8, leaf: 12, bytes: 16 } as const;
/** Bytes of a leaf's values: their number, then where the output's sums lie and the value, for each. */
export const leafList = { count: 0, first: 4, sums: 0, value: 4, bytes: 8 } as const;

/** While one row waits for memory, the other ones go on; those that have come to a leaf stay there. */
const stepsBetweenLooks = 4;

/**
 * `scoreByWalk(root, values, valuesEnd, valuesStep, sums, sumsStep)`: adds the leaf values of a tree to the sums of
 * blocks of 16 rows, each from root to leaf. `values` holds 16 rows of each column, `sums` those of each output.
 *
 * `walkOne(root, values, sums)` does it for one row, the first at these addresses.
 */
export function addScoreByWalk(module: ModuleBuilder): void {
  module.add(
    "scoreByWalk",
    ["i32", "i32", "i32", "i32", "i32", "i32"],
    (f, root, values, valuesEnd, valuesStep, sums, sumsStep) => {
      const nodes = Array.from({ length: lanes }, () => f.local("i32"));
      const moving = f.local("i32");
      const leaf = leafLocals(f);
      return whileLoop(i32.ltU(values.get, valuesEnd.get), [
        nodes.map((node) => node.set(root.get)),
        doWhile(
          [
            Array.from({ length: stepsBetweenLooks }, () =>
              nodes.map((node, row) => node.set(childOf(node, values, 4 * row))),
            ),
            moving.set(i32.const(0)),
            nodes.map((node) => moving.set(i32.or(moving.get, i32.xor(node.get, i32.load(node.get, walkNode.left))))),
          ],
          moving.get,
        ),
        nodes.map((node, row) => addLeaf(node, leaf, sums, 4 * row)),
        values.set(i32.add(values.get, valuesStep.get)),
        sums.set(i32.add(sums.get, sumsStep.get)),
      ]);
    },
  );

  module.add("walkOne", ["i32", "i32", "i32"], (f, root, values, sums) => {
    const leaf = leafLocals(f);
    return [
      whileLoop(i32.ne(root.get, i32.load(root.get, walkNode.left)), root.set(childOf(root, values, 0))),
      addLeaf(root, leaf, sums, 0),
    ];
  });
}

function childOf(node: Local, values: Local, lane: number): Code {
  const value = f32.load(i32.add(values.get, i32.load(node.get, walkNode.values)), lane);
  const goesRight = f32.gt(value, f32.load(node.get, walkNode.threshold));
  return i32.add(i32.load(node.get, walkNode.left), i32.mul(goesRight, i32.const(walkNode.bytes)));
}

interface LeafLocals {
  readonly entry: Local;
  readonly end: Local;
  readonly sum: Local;
}

function leafLocals(f: { local(type: "i32"): Local }): LeafLocals {
  return { entry: f.local("i32"), end: f.local("i32"), sum: f.local("i32") };
}

function addLeaf(node: Local, { entry, end, sum }: LeafLocals, sums: Local, lane: number): Code {
  const value = f32.load(entry.get, leafList.first + leafList.value);
  return [
    entry.set(i32.load(node.get, walkNode.leaf)),
    end.set(i32.add(entry.get, i32.mul(i32.load(entry.get, leafList.count), i32.const(leafList.bytes)))),
    whileLoop(i32.ltU(entry.get, end.get), [
      sum.set(i32.add(sums.get, i32.load(entry.get, leafList.first + leafList.sums))),
      f32.store(sum.get, f32.add(f32.load(sum.get, lane), value), lane),
      entry.increase(leafList.bytes),
    ]),
  ];
}
