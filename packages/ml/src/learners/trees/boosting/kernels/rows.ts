import type { Code } from "../../../../wasm/code.ts";
import { f32, f64x2, i32, i64, memory, v128 } from "../../../../wasm/instructions.ts";
import { type Local, type ModuleBuilder, whileLoop } from "../../../../wasm/module-builder.ts";

/**
 * `partition(rows, count, bins, bias, limit, spare, result)`: puts the rows that go left first, both sides in their
 * former order, and writes how many go left. A row goes left where (bin − `bias`) mod 256 ≤ `limit`: with bias 1 gaps
 * (bin 0) go right, with bias 0 left. `bins` is the address of the column's bin of row 0, 8 bytes a row.
 *
 * `partitionWithGradients(rows, count, bins, bias, limit, spare, result, gradients, spareGradients)` moves the packed
 * gradients along.
 */
export function addPartition(module: ModuleBuilder): void {
  const parameters = ["i32", "i32", "i32", "i32", "i32", "i32", "i32"] as const;
  const write = (
    f: { local(type: "i32" | "i64"): Local },
    [rows, count, bins, bias, limit, spare, result]: readonly Local[],
    gradients?: { readonly list: Local; readonly spare: Local },
  ): Code => {
    const end = f.local("i32");
    const row = f.local("i32");
    const goesLeft = f.local("i32");
    const left = f.local("i32");
    const right = f.local("i32");
    const gradient = gradients && {
      ...gradients,
      value: f.local("i64"),
      left: f.local("i32"),
      right: f.local("i32"),
    };
    const advance = (pointer: Local, condition: Code, shift: number): Code =>
      pointer.set(i32.add(pointer.get, i32.shl(condition, i32.const(shift))));
    const goesRight = i32.eqz(goesLeft.get);
    const bin = i32.load8u(i32.add(bins.get, i32.shl(row.get, i32.const(3))));
    return [
      end.set(i32.add(rows.get, i32.shl(count.get, i32.const(2)))),
      left.set(rows.get),
      right.set(spare.get),
      gradient ? [gradient.left.set(gradient.list.get), gradient.right.set(gradient.spare.get)] : [],
      count.set(rows.get),
      whileLoop(i32.ltU(rows.get, end.get), [
        row.set(i32.load(rows.get)),
        goesLeft.set(i32.leU(i32.and(i32.sub(bin, bias.get), i32.const(255)), limit.get)),
        i32.store(left.get, row.get),
        i32.store(right.get, row.get),
        advance(left, goesLeft.get, 2),
        advance(right, goesRight, 2),
        gradient
          ? [
              gradient.value.set(i64.load(gradient.list.get)),
              i64.store(gradient.left.get, gradient.value.get),
              i64.store(gradient.right.get, gradient.value.get),
              advance(gradient.left, goesLeft.get, 3),
              advance(gradient.right, goesRight, 3),
              gradient.list.increase(8),
            ]
          : [],
        rows.increase(4),
      ]),
      memory.copy(left.get, spare.get, i32.sub(right.get, spare.get)),
      gradient
        ? memory.copy(gradient.left.get, gradient.spare.get, i32.sub(gradient.right.get, gradient.spare.get))
        : [],
      i32.store(result.get, i32.shrU(i32.sub(left.get, count.get), i32.const(2))),
    ];
  };

  module.add("partition", parameters, (f, ...locals) => write(f, locals));
  module.add("partitionWithGradients", [...parameters, "i32", "i32"], (f, ...locals) =>
    write(f, locals, { list: locals[7], spare: locals[8] }),
  );
}

/**
 * `addSums(rows, count, pairs, result)`: adds gradient and hessian of the rows to the two float64 at `result`.
 * `addToScores(rows, count, scores, value)`: adds a leaf's value to the margins of its rows.
 */
export function addLeafSteps(module: ModuleBuilder): void {
  module.add("addSums", ["i32", "i32", "i32", "i32"], (f, rows, count, pairs, result) => {
    const end = f.local("i32");
    const sums = f.local("v128");
    const pair = v128.load64Zero(i32.add(pairs.get, i32.shl(i32.load(rows.get), i32.const(3))));
    return [
      end.set(i32.add(rows.get, i32.shl(count.get, i32.const(2)))),
      sums.set(v128.load(result.get)),
      whileLoop(i32.ltU(rows.get, end.get), [
        sums.set(f64x2.add(sums.get, f64x2.promoteLowF32x4(pair))),
        rows.increase(4),
      ]),
      v128.store(result.get, sums.get),
    ];
  });

  module.add("addToScores", ["i32", "i32", "i32", "f32"], (f, rows, count, scores, value) => {
    const end = f.local("i32");
    const score = f.local("i32");
    return [
      end.set(i32.add(rows.get, i32.shl(count.get, i32.const(2)))),
      whileLoop(i32.ltU(rows.get, end.get), [
        score.set(i32.add(scores.get, i32.shl(i32.load(rows.get), i32.const(2)))),
        f32.store(score.get, f32.add(f32.load(score.get), value.get)),
        rows.increase(4),
      ]),
    ];
  });
}
