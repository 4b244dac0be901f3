import type { Code } from "../../../../wasm/code.ts";
import { f32, f32x4, i32, i32x4, i64, i64x2, shuffle, v128 } from "../../../../wasm/instructions.ts";
import { doWhile, ifThen, type ModuleBuilder, whileLoop } from "../../../../wasm/module-builder.ts";
import { columnRecordBytes, searchResult } from "../layout.ts";

const lowWords = [0, 1, 2, 3, 8, 9, 10, 11, 16, 17, 18, 19, 24, 25, 26, 27];
const highWords = lowWords.map((byte) => byte + 4);
const highLaneTwice = [8, 9, 10, 11, 12, 13, 14, 15, 8, 9, 10, 11, 12, 13, 14, 15];
const zeroThenLowLane = [0, 1, 2, 3, 4, 5, 6, 7, 16, 17, 18, 19, 20, 21, 22, 23];

/**
 * `search(columns, columnCount, histogram, result, total, smallestHessian, lambda, scale, score)`: the best split of a
 * leaf over the listed columns, better than `score`. Writes `searchResult` where one is found.
 *
 * With G, H the sums of the leaf, a = H_left + λ, b = H_right + λ, the gain of a split rises with
 * (G_left·b − G_right·a)² / (a·b); a and b are scaled by `scale` = 1 / (H + 2λ) to stay within float32. The sums are
 * exact integers, so the difference keeps its precision where both sides are nearly alike.
 * Gaps are tried on the right first (the running sum starts at minus their slot), then, where there are any, on the
 * left. In a column whose gaps are drawn, splits are judged by the other rows, scaled as the gains of all rows are, and
 * the left sums are without gaps.
 */
export function addSearch(module: ModuleBuilder): void {
  module.add(
    "search",
    ["i32", "i32", "i32", "i32", "i64", "i32", "f32", "f32", "f32"],
    (f, columns, columnCount, histogram, result, total, smallestHessian, lambda, scale, score) => {
      const column = f.local("i32");
      const start = f.local("i32");
      const at = f.local("i32");
      const end = f.local("i32");
      const gapsLeft = f.local("i32");
      const laneScore = f.local("f32");
      const gaps = f.local("i64");
      const hasGaps = f.local("i32");
      const drawn = f.local("i32");
      const judged = f.local("i64");
      const factors = f.local("v128");
      const running = f.local("v128");
      const lower = f.local("v128");
      const upper = f.local("v128");
      const hessians = f.local("v128");
      const gradients = f.local("v128");
      const hessiansRight = f.local("v128");
      const left = f.local("v128");
      const right = f.local("v128");
      const difference = f.local("v128");
      const product = f.local("v128");
      const allowed = f.local("v128");
      const best = f.local("v128");
      const totalHessian = f.local("v128");
      const totalGradient = f.local("v128");
      const smallest = f.local("v128");
      const lambdas = f.local("v128");
      const scales = f.local("v128");
      const zero = f.local("v128");

      const withinPair = (pair: Code) => i64x2.add(pair, shuffle(zero.get, pair, zeroThenLowLane));
      const share = (sums: Code) => f32x4.mul(f32x4.add(f32x4.convertI32x4S(sums), lambdas.get), scales.get);

      /** Of four slots, the first of the best that beats `score`. */
      const takeLane = (index: number): Code => [
        laneScore.set(f32x4.extractLane(product.get, index)),
        ifThen(f32.gt(laneScore.get, score.get), [
          score.set(laneScore.get),
          f32.store(result.get, laneScore.get, searchResult.score),
          i32.store(result.get, column.get, searchResult.column),
          i32.store(
            result.get,
            i32.add(i32.shrU(i32.sub(at.get, start.get), i32.const(3)), i32.const(index)),
            searchResult.slot,
          ),
          i32.store(result.get, gapsLeft.get, searchResult.gapsLeft),
          i64.store(result.get, i64x2.extractLane(index < 2 ? lower.get : upper.get, index % 2), searchResult.leftSums),
        ]),
      ];

      const fourSlots: Code = [
        lower.set(v128.load(at.get)),
        upper.set(v128.load(at.get, 16)),
        ifThen(v128.anyTrue(v128.or(lower.get, upper.get)), [
          lower.set(withinPair(lower.get)),
          upper.set(withinPair(upper.get)),
          upper.set(i64x2.add(upper.get, shuffle(lower.get, lower.get, highLaneTwice))),
          lower.set(i64x2.add(lower.get, running.get)),
          upper.set(i64x2.add(upper.get, running.get)),
          running.set(shuffle(upper.get, upper.get, highLaneTwice)),
          hessians.set(shuffle(lower.get, upper.get, lowWords)),
          gradients.set(shuffle(lower.get, upper.get, highWords)),
          hessiansRight.set(i32x4.sub(totalHessian.get, hessians.get)),
          left.set(share(hessians.get)),
          right.set(share(hessiansRight.get)),
          difference.set(
            f32x4.sub(
              f32x4.mul(f32x4.convertI32x4S(gradients.get), right.get),
              f32x4.mul(f32x4.convertI32x4S(i32x4.sub(totalGradient.get, gradients.get)), left.get),
            ),
          ),
          difference.set(f32x4.mul(difference.get, difference.get)),
          product.set(f32x4.mul(left.get, right.get)),
          allowed.set(
            v128.and(
              f32x4.gt(difference.get, f32x4.mul(product.get, best.get)),
              v128.and(i32x4.geS(hessians.get, smallest.get), i32x4.geS(hessiansRight.get, smallest.get)),
            ),
          ),
          ifThen(v128.anyTrue(allowed.get), [
            product.set(v128.and(f32x4.mul(f32x4.div(difference.get, product.get), factors.get), allowed.get)),
            [0, 1, 2, 3].map(takeLane),
            best.set(f32x4.div(f32x4.splat(score.get), factors.get)),
          ]),
        ]),
      ];

      const allSlots: Code = [at.set(start.get), whileLoop(i32.ltU(at.get, end.get), [fourSlots, at.increase(32)])];

      return [
        smallest.set(i32x4.splat(smallestHessian.get)),
        lambdas.set(f32x4.splat(lambda.get)),
        scales.set(f32x4.splat(scale.get)),
        whileLoop(i32.ltU(column.get, columnCount.get), [
          start.set(i32.add(histogram.get, i32.load(columns.get))),
          end.set(i32.add(start.get, i32.load(columns.get, 4))),
          gaps.set(i64.load(start.get)),
          drawn.set(i32.load(columns.get, 8)),
          hasGaps.set(i32.and(i64.ne(gaps.get, i64.const(0)), i32.eqz(drawn.get))),
          judged.set(total.get),
          ifThen(drawn.get, judged.set(i64.sub(total.get, gaps.get))),
          totalHessian.set(i32x4.splat(i32.wrapI64(judged.get))),
          totalGradient.set(i32x4.splat(i32.wrapI64(i64.shrU(judged.get, i64.const(32))))),
          factors.set(
            f32x4.splat(
              f32.div(
                f32.const(1),
                f32.mul(
                  f32.add(f32.convertI32S(i32.wrapI64(judged.get)), f32.mul(f32.const(2), lambda.get)),
                  scale.get,
                ),
              ),
            ),
          ),
          ifThen(i32.eqz(drawn.get), factors.set(f32x4.splat(f32.const(1)))),
          best.set(f32x4.div(f32x4.splat(score.get), factors.get)),
          gapsLeft.set(i32.const(0)),
          running.set(i64x2.sub(zero.get, i64x2.splat(gaps.get))),
          doWhile(
            [allSlots, running.set(zero.get), gapsLeft.increase(1)],
            i32.and(hasGaps.get, i32.eq(gapsLeft.get, i32.const(1))),
          ),
          columns.increase(columnRecordBytes),
          column.increase(1),
        ]),
      ];
    },
  );
}
