import type { Code } from "../../../../wasm/code.ts";
import { f32, f32x4, i32, i32x4, v128 } from "../../../../wasm/instructions.ts";
import { doWhile, type FunctionBuilder, type ModuleBuilder, whileLoop } from "../../../../wasm/module-builder.ts";

/** Coefficients of e^r on [−ln 2 / 2, ln 2 / 2], highest power first (S. Moshier, Cephes library, `expf`). */
const polynomial = [1.98756915e-4, 1.3981999507e-3, 8.3334519073e-3, 4.1665795894e-2, 1.6666665459e-1, 5.0000001201e-1];
/** ln 2 in two parts, so that the reduction of the argument stays exact. */
const [ln2High, ln2Low] = [0.693359375, -2.1219444e-4];

/**
 * `softmax(margins, probabilities, planeBytes, classCount, rowCount)`: the probabilities of four rows at a time.
 * Margins and probabilities lie class by class, `planeBytes` apart; `rowCount` is a multiple of 4.
 */
export function addSoftmax(module: ModuleBuilder): void {
  module.add(
    "softmax",
    ["i32", "i32", "i32", "i32", "i32"],
    (f, margins, probabilities, plane, classCount, rowCount) => {
      const end = f.local("i32");
      const from = f.local("i32");
      const to = f.local("i32");
      const last = f.local("i32");
      const largest = f.local("v128");
      const sum = f.local("v128");
      const overClasses = (body: Code): Code => [
        from.set(margins.get),
        to.set(probabilities.get),
        doWhile(
          [body, from.set(i32.add(from.get, plane.get)), to.set(i32.add(to.get, plane.get))],
          i32.ltU(from.get, last.get),
        ),
      ];
      const exponential = exponentialOf(f);
      return [
        end.set(i32.add(margins.get, i32.shl(rowCount.get, i32.const(2)))),
        whileLoop(i32.ltU(margins.get, end.get), [
          last.set(i32.add(margins.get, i32.mul(plane.get, classCount.get))),
          largest.set(v128.load(margins.get)),
          overClasses(largest.set(f32x4.max(largest.get, v128.load(from.get)))),
          sum.set(f32x4.splat(f32.const(0))),
          overClasses([
            exponential.of(f32x4.sub(v128.load(from.get), largest.get)),
            v128.store(to.get, exponential.value),
            sum.set(f32x4.add(sum.get, exponential.value)),
          ]),
          overClasses(v128.store(to.get, f32x4.div(v128.load(to.get), sum.get))),
          margins.increase(16),
          probabilities.increase(16),
        ]),
      ];
    },
  );
}

/** e^x for x ≤ 0, within 2 units in the last place; what lies below −87 counts as −87. */
function exponentialOf(f: FunctionBuilder): { of(x: Code): Code; readonly value: Code } {
  const x = f.local("v128");
  const power = f.local("v128");
  const value = f.local("v128");
  const constant = (number: number): Code => f32x4.splat(f32.const(number));
  const horner = polynomial
    .slice(1)
    .reduce<Code>(
      (sum, coefficient) => f32x4.add(f32x4.mul(sum, x.get), constant(coefficient)),
      constant(polynomial[0]),
    );
  return {
    value: value.get,
    of: (argument) => [
      x.set(f32x4.max(argument, constant(-87))),
      power.set(f32x4.floor(f32x4.add(f32x4.mul(x.get, constant(Math.LOG2E)), constant(0.5)))),
      x.set(f32x4.sub(x.get, f32x4.mul(power.get, constant(ln2High)))),
      x.set(f32x4.sub(x.get, f32x4.mul(power.get, constant(ln2Low)))),
      value.set(f32x4.add(f32x4.add(f32x4.mul(f32x4.mul(x.get, x.get), horner), x.get), constant(1))),
      value.set(
        f32x4.mul(
          value.get,
          i32x4.shl(i32x4.add(i32x4.truncSatF32x4S(power.get), i32x4.splat(i32.const(127))), i32.const(23)),
        ),
      ),
    ],
  };
}
