import type { Code } from "../../../../wasm/code.ts";
import { f32, f32x4, i32, i32x4, i64, shuffle, v128 } from "../../../../wasm/instructions.ts";
import { type Local, type ModuleBuilder, whileLoop } from "../../../../wasm/module-builder.ts";

const interleaveLow = [0, 1, 2, 3, 16, 17, 18, 19, 4, 5, 6, 7, 20, 21, 22, 23];
const interleaveHigh = interleaveLow.map((byte) => byte + 8);

/**
 * `gradients(probabilities, labels, weights, paddedCount, label, factor, pairs, result)`: gradient and hessian of the
 * cross-entropy by the margin of one class, as pairs of float32 per row; the largest magnitudes of both go to `result`.
 * A row of weight 0 takes no part.
 */
export function addGradients(module: ModuleBuilder): void {
  module.add(
    "gradients",
    ["i32", "i32", "i32", "i32", "i32", "f32", "i32", "i32"],
    (f, probabilities, labels, weights, paddedCount, label, factor, pairs, result) => {
      const end = f.local("i32");
      const probability = f.local("v128");
      const weight = f.local("v128");
      const gradient = f.local("v128");
      const hessian = f.local("v128");
      const largestGradient = f.local("v128");
      const largestHessian = f.local("v128");
      const one = f32x4.splat(f32.const(1));
      const target = v128.and(one, i32x4.eq(v128.load(labels.get), i32x4.splat(label.get)));
      const largestLane = (vector: Local): Code =>
        f32.max(
          f32.max(f32x4.extractLane(vector.get, 0), f32x4.extractLane(vector.get, 1)),
          f32.max(f32x4.extractLane(vector.get, 2), f32x4.extractLane(vector.get, 3)),
        );
      return [
        end.set(i32.add(probabilities.get, i32.shl(paddedCount.get, i32.const(2)))),
        whileLoop(i32.ltU(probabilities.get, end.get), [
          probability.set(v128.load(probabilities.get)),
          weight.set(v128.load(weights.get)),
          gradient.set(f32x4.mul(f32x4.sub(probability.get, target), weight.get)),
          hessian.set(
            f32x4.mul(
              f32x4.mul(f32x4.mul(probability.get, f32x4.sub(one, probability.get)), f32x4.splat(factor.get)),
              weight.get,
            ),
          ),
          largestGradient.set(f32x4.pmax(largestGradient.get, f32x4.abs(gradient.get))),
          largestHessian.set(f32x4.pmax(largestHessian.get, hessian.get)),
          v128.store(pairs.get, shuffle(gradient.get, hessian.get, interleaveLow)),
          v128.store(pairs.get, shuffle(gradient.get, hessian.get, interleaveHigh), 16),
          probabilities.increase(16),
          labels.increase(16),
          weights.increase(16),
          pairs.increase(32),
        ]),
        f32.store(result.get, largestLane(largestGradient)),
        f32.store(result.get, largestLane(largestHessian), 4),
      ];
    },
  );
}

/**
 * `quantise(pairs, count, gradientScale, hessianScale, seed, activeRows, gradients, restRows, result)`: rounds gradients
 * and hessians to whole numbers at random, so that their expectation is kept, and packs them. Rows whose packed gradient
 * is 0 cannot change a histogram and are listed in `restRows`, the others in `activeRows`; `result` is how many are
 * active.
 * H. Shi et al., "Quantized Training of Gradient Boosting Decision Trees", NeurIPS 2022; here with more levels.
 */
export function addQuantisation(module: ModuleBuilder): void {
  module.add(
    "quantise",
    ["i32", "i32", "f32", "f32", "i32", "i32", "i32", "i32", "i32"],
    (f, pairs, count, gradientScale, hessianScale, seed, activeRows, gradients, restRows, result) => {
      const row = f.local("i32");
      const isActive = f.local("i32");
      const active = f.local("i32");
      const packed = f.local("i64");
      const scrambled = f.local("i32");
      const uniform = (word: Code): Code => f32.mul(f32.convertI32U(i32.shrU(word, i32.const(8))), f32.const(2 ** -24));
      const rounded = (value: Code, scale: Local, word: Code): Code =>
        i32.truncF32S(f32.floor(f32.add(f32.mul(value, scale.get), uniform(word))));
      return [
        whileLoop(i32.ltU(row.get, count.get), [
          seed.set(i32.add(i32.mul(seed.get, i32.const(1664525)), i32.const(1013904223))),
          scrambled.set(i32.mul(i32.xor(seed.get, i32.shrU(seed.get, i32.const(15))), i32.const(0x2c1b3c6d))),
          packed.set(
            i64.or(
              i64.shl(i64.extendI32S(rounded(f32.load(pairs.get), gradientScale, seed.get)), i64.const(32)),
              i64.extendI32U(rounded(f32.load(pairs.get, 4), hessianScale, scrambled.get)),
            ),
          ),
          i32.store(activeRows.get, row.get),
          i64.store(gradients.get, packed.get),
          i32.store(restRows.get, row.get),
          isActive.set(i64.ne(packed.get, i64.const(0))),
          active.set(i32.add(active.get, isActive.get)),
          activeRows.set(i32.add(activeRows.get, i32.shl(isActive.get, i32.const(2)))),
          gradients.set(i32.add(gradients.get, i32.shl(isActive.get, i32.const(3)))),
          restRows.set(i32.add(restRows.get, i32.shl(i32.eqz(isActive.get), i32.const(2)))),
          pairs.increase(8),
          row.increase(1),
        ]),
        i32.store(result.get, active.get),
      ];
    },
  );
}
