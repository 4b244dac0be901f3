import { largestFloat32 } from "../preprocess/hold.ts";
import type { Code } from "../wasm/code.ts";
import { f64, f64x2, i32, v128 } from "../wasm/instructions.ts";
import { ModuleBuilder, whileLoop } from "../wasm/module-builder.ts";
import { maximumPages, type OpenKernel, openOnOwnMemory } from "../wasm/own-memory.ts";

/** What is kept of each feature, one vector of float64 after the other. */
export const momentFields = ["counted", "least", "most", "origin", "sum", "squareSum"] as const;

export interface MomentKernel {
  /**
   * Holds numbers at the ends of float32, takes the sign off zeros, and writes to `changed` whether one was changed.
   * @param row address of the first number, a multiple of 16, as is `rowEnd`
   */
  holdRow(row: number, rowEnd: number, changed: number): void;
  /**
   * Adds rows to the moments of all features; NaN is passed over. Sums are of distances from the origin.
   * @param rows address of the first row, `width` bytes each, a multiple of 16
   * @param rowsEnd address after the last row
   * @param state address of the fields' vectors, `width` bytes each
   */
  addMoments(rows: number, rowsEnd: number, width: number, state: number): void;
}

const pairBytes = 16;

const pair = (value: number): Code => f64x2.splat(f64.const(value));

let compiled: WebAssembly.Module | undefined;

function compile(): WebAssembly.Module {
  const module = new ModuleBuilder();
  module.add("holdRow", ["i32", "i32", "i32"], (f, row, rowEnd, changed) => {
    const value = f.local("v128");
    const held = f.local("v128");
    const changes = f.local("v128");
    return [
      whileLoop(i32.ltU(row.get, rowEnd.get), [
        value.set(v128.load(row.get)),
        // A NaN stays: neither takes the bound for it.
        held.set(f64x2.pmax(f64x2.pmin(value.get, pair(largestFloat32)), pair(-largestFloat32))),
        held.set(f64x2.add(held.get, pair(0))),
        changes.set(v128.or(changes.get, v128.xor(value.get, held.get))),
        v128.store(row.get, held.get),
        row.increase(pairBytes),
      ]),
      i32.store(changed.get, v128.anyTrue(changes.get)),
    ];
  });
  module.add("addMoments", ["i32", "i32", "i32", "i32"], (f, rows, rowsEnd, width, state) => {
    const featuresEnd = f.local("i32");
    const at = f.local("i32");
    const value = f.local("v128");
    const present = f.local("v128");
    const distance = f.local("v128");
    const ones = f.local("v128");
    const field = f.local("i32");
    const moments = momentFields.map(() => f.local("v128"));
    const [counted, least, most, origin, sum, squareSum] = moments;
    const nextField = field.set(i32.add(field.get, width.get));
    return [
      ones.set(pair(1)),
      featuresEnd.set(i32.add(state.get, width.get)),
      whileLoop(i32.ltU(state.get, featuresEnd.get), [
        field.set(state.get),
        moments.map((moment) => [moment.set(v128.load(field.get)), nextField]),
        at.set(rows.get),
        whileLoop(i32.ltU(at.get, rowsEnd.get), [
          value.set(v128.load(at.get)),
          present.set(f64x2.eq(value.get, value.get)),
          counted.set(f64x2.add(counted.get, v128.and(ones.get, present.get))),
          // Neither takes a NaN from the right.
          least.set(f64x2.pmin(least.get, value.get)),
          most.set(f64x2.pmax(most.get, value.get)),
          distance.set(v128.and(f64x2.sub(value.get, origin.get), present.get)),
          sum.set(f64x2.add(sum.get, distance.get)),
          squareSum.set(f64x2.add(squareSum.get, f64x2.mul(distance.get, distance.get))),
          at.set(i32.add(at.get, width.get)),
        ]),
        field.set(state.get),
        moments.map((moment) => [v128.store(field.get, moment.get), nextField]),
        state.increase(pairBytes),
        rows.increase(pairBytes),
        rowsEnd.increase(pairBytes),
      ]),
    ];
  });
  return new WebAssembly.Module(module.encode(maximumPages));
}

/**
 * @param bytes of the kernel's memory
 * @throws RangeError where there is not that much
 */
export function openMomentKernel(bytes: number): OpenKernel<MomentKernel> {
  compiled ??= compile();
  const opened = openOnOwnMemory<MomentKernel>(compiled, bytes);
  if (!opened) throw new RangeError(`there are no ${bytes} bytes of memory`);
  return opened;
}
