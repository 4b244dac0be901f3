import type { Code } from "../../../wasm/code.ts";
import { f32x4, i32, v128 } from "../../../wasm/instructions.ts";
import { type FunctionBuilder, ifThen, type Local, ModuleBuilder, whileLoop } from "../../../wasm/module-builder.ts";
import { maximumPages, type OpenKernel, openOnMemory, openOnOwnMemory } from "../../../wasm/own-memory.ts";

export interface InterpolationKernel {
  /**
   * Adds to each sum a vector between two neighbouring ones of a table.
   * @param entries address of an entry per sum: where the lower vector begins in the table, −1 for nothing to add, and
   *   the share of the upper one, float32
   * @param entriesEnd address after the last entry
   * @param table its vectors are `width` bytes long, a multiple of `stepBytes`
   * @param sums address of vectors of as many bytes
   */
  addInterpolated(entries: number, entriesEnd: number, table: number, sums: number, width: number): void;
  /**
   * Adds several such vectors to one sum.
   * @param changes address of an entry per vector, and what the vector is multiplied by, float32
   */
  addChanges(changes: number, changesEnd: number, table: number, sum: number, width: number): void;
}

export const entryBytes = 8;
export const changeBytes = 12;
const vectorBytes = 16;
const unrolled = 4;
/** Vectors of the table are so many bytes long, or a multiple. */
export const stepBytes = vectorBytes * unrolled;

let compiled: WebAssembly.Module | undefined;

function compile(): WebAssembly.Module {
  const module = new ModuleBuilder();
  module.add("addInterpolated", ["i32", "i32", "i32", "i32", "i32"], (f, entry, entriesEnd, table, sums, width) => {
    const offset = f.local("i32");
    const addVector = vectorAdder(f, table, width);
    return whileLoop(i32.ltU(entry.get, entriesEnd.get), [
      offset.set(i32.load(entry.get)),
      ifThen(i32.geS(offset.get, i32.const(0)), addVector(offset.get, v128.load32Splat(entry.get, 4), sums.get)),
      entry.increase(entryBytes),
      sums.set(i32.add(sums.get, width.get)),
    ]);
  });
  module.add("addChanges", ["i32", "i32", "i32", "i32", "i32"], (f, change, changesEnd, table, sum, width) => {
    const factor = f.local("v128");
    const addVector = vectorAdder(f, table, width, factor);
    return whileLoop(i32.ltU(change.get, changesEnd.get), [
      factor.set(v128.load32Splat(change.get, 8)),
      addVector(i32.load(change.get), v128.load32Splat(change.get, 4), sum.get),
      change.increase(changeBytes),
    ]);
  });
  return new WebAssembly.Module(module.encode(maximumPages));
}

/** Writes the loop that adds a vector of the table and a share of the next one to a sum. */
function vectorAdder(f: FunctionBuilder, table: Local, width: Local, factor?: Local) {
  const lower = f.local("i32");
  const upper = f.local("i32");
  const sum = f.local("i32");
  const end = f.local("i32");
  const share = f.local("v128");
  return (offset: Code, upperShare: Code, to: Code): Code => [
    share.set(upperShare),
    lower.set(i32.add(table.get, offset)),
    upper.set(i32.add(lower.get, width.get)),
    end.set(upper.get),
    sum.set(to),
    whileLoop(i32.ltU(lower.get, end.get), [
      Array.from({ length: unrolled }, (_, index) => {
        const at = index * vectorBytes;
        const difference = f32x4.sub(v128.load(upper.get, at), v128.load(lower.get, at));
        const between = f32x4.add(v128.load(lower.get, at), f32x4.mul(share.get, difference));
        const added = factor ? f32x4.mul(factor.get, between) : between;
        return v128.store(sum.get, f32x4.add(v128.load(sum.get, at), added), at);
      }),
      lower.increase(stepBytes),
      upper.increase(stepBytes),
      sum.increase(stepBytes),
    ]),
  ];
}

/**
 * The kernel on a memory of its own.
 * @returns undefined where there is not that much memory
 */
export function openInterpolationKernel(bytes: number): OpenKernel<InterpolationKernel> | undefined {
  compiled ??= compile();
  return openOnOwnMemory(compiled, bytes);
}

/** The kernel on the memory of others. */
export function openInterpolationKernelOn(memory: WebAssembly.Memory): OpenKernel<InterpolationKernel> {
  compiled ??= compile();
  return openOnMemory(compiled, memory);
}
