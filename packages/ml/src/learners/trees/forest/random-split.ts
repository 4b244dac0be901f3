import type { Code } from "../../../wasm/code.ts";
import { f32, f32x4, f64, i32, i64, v128 } from "../../../wasm/instructions.ts";
import { doWhile, ifThen, ModuleBuilder, whileLoop } from "../../../wasm/module-builder.ts";
import { gatheredColumn } from "./gathered-column.ts";

/** Where `randomSplit` leaves what it found; `random` also holds the state of its random numbers. */
export const randomSplitResult = { score: 0, column: 8, threshold: 12, gapsLeft: 16, random: 20 } as const;

export interface RandomSplitKernel {
  randomSplit(
    rows: number,
    count: number,
    ends: number,
    classWeights: number,
    totals: number,
    classCount: number,
    candidates: number,
    candidateCount: number,
    wanted: number,
    values: number,
    rowCount: number,
    gathered: number,
    minLeafRows: number,
    drawnGaps: number,
    result: number,
    score: number,
  ): void;
}

let compiled: WebAssembly.Module | undefined;

/** @param memory shared */
export function openRandomSplit(memory: WebAssembly.Memory): RandomSplitKernel {
  if (!compiled) {
    const module = new ModuleBuilder();
    addRandomSplit(module);
    compiled = new WebAssembly.Module(module.encode(65_536));
  }
  const { exports } = new WebAssembly.Instance(compiled, { env: { memory } });
  return exports as unknown as RandomSplitKernel;
}

/**
 * The split of a node by one random threshold in each of `wanted` columns (P. Geurts et al., "Extremely randomized
 * trees", Machine Learning 63, 2006): that of the highest Σ_k left_k² / left + Σ_k right_k² / right, which is that of
 * the least Gini impurity, if it is above `score`. Columns are drawn until `wanted` have been looked at and one of
 * them varied.
 *
 * The node's rows lie class by class: of its classes, `ends` has the end of each one's rows (u32), `classWeights` the
 * weight of a row, `totals` the weight of its rows (float64). The column's values of the node are gathered once; what
 * does not exceed the threshold is then counted class by class, four values at a time. Where there are gaps, both sides
 * are tried for them; but where `drawnGaps` has a 1 for the column, a split is judged by what it does to the other
 * rows, and gaps, also later ones, go to a side drawn in proportion to the weight there. What remains of the classes
 * without the gaps is then written behind `totals`.
 */
function addRandomSplit(module: ModuleBuilder): void {
  module.add(
    "randomSplit",
    [...Array<"i32">(15).fill("i32"), "f64"],
    (
      f,
      rows,
      count,
      ends,
      classWeights,
      totals,
      classCount,
      candidates,
      candidateCount,
      wanted,
      values,
      rowCount,
      gathered,
      minLeafRows,
      drawnGaps,
      result,
      score,
    ) => {
      const random = f.local("i32");
      const visited = f.local("i32");
      const found = f.local("i32");
      const slot = f.local("i32");
      const other = f.local("i32");
      const column = f.local("i32");
      const place = f.local("i32");
      const threshold = f.local("f32");
      const gapsLeft = f.local("i32");
      const drawn = f.local("i32");
      const tellApart = f.local("i32");
      const judged = f.local("i32");
      const judgedTotals = f.local("i32");
      const handicap = f.local("f64");
      const thresholds = f.local("v128");
      const leftRows = f.local("i32");
      const left = f.local("f64");
      const right = f.local("f64");
      const leftWeight = f.local("f64");
      const rightWeight = f.local("f64");
      const leftSquares = f.local("f64");
      const rightSquares = f.local("f64");
      const candidateScore = f.local("f64");

      const { gather, range, least, greatest, hasGaps, rewind, countClass, vector, inside, classRows } = gatheredColumn(
        f,
        {
          rows,
          count,
          ends,
          values,
          rowCount,
          column,
          gathered,
        },
      );

      const nextRandom: Code = [
        random.set(i32.xor(random.get, i32.shl(random.get, i32.const(13)))),
        random.set(i32.xor(random.get, i32.shrU(random.get, i32.const(17)))),
        random.set(i32.xor(random.get, i32.shl(random.get, i32.const(5)))),
      ];

      const drawColumn: Code = [
        nextRandom,
        slot.set(i32.add(candidates.get, i32.shl(visited.get, i32.const(2)))),
        other.set(
          i32.wrapI64(
            i64.shrU(
              i64.mul(i64.extendI32U(random.get), i64.extendI32U(i32.sub(candidateCount.get, visited.get))),
              i64.const(32),
            ),
          ),
        ),
        other.set(i32.add(slot.get, i32.shl(other.get, i32.const(2)))),
        column.set(i32.load(other.get)),
        i32.store(other.get, i32.load(slot.get)),
        i32.store(slot.get, column.get),
        visited.increase(1),
      ];

      const judgeAll: Code = [judged.set(count.get), judgedTotals.set(totals.get), handicap.set(f64.const(0))];

      const uniform = f64.mul(f64.convertI32U(random.get), f64.const(2 ** -32));
      const drawThreshold: Code = [
        nextRandom,
        threshold.set(
          f32.demoteF64(
            f64.add(
              f64.promoteF32(least.get),
              f64.mul(uniform, f64.sub(f64.promoteF32(greatest.get), f64.promoteF32(least.get))),
            ),
          ),
        ),
        ifThen(f32.ge(threshold.get, greatest.get), threshold.set(least.get)),
        thresholds.set(f32x4.splat(threshold.get)),
      ];

      /** Counts the next class's values that are inside, and sets `left` to their weight. */
      const weighClass = (isInside: Code): Code => [
        countClass(place, isInside),
        left.set(
          f64.mul(
            f64.convertI32S(classRows.get),
            f64.load(i32.add(classWeights.get, i32.shl(place.get, i32.const(3)))),
          ),
        ),
      ];

      const clearSums: Code = [
        [leftWeight, rightWeight, leftSquares, rightSquares].map((sum) => sum.set(f64.const(0))),
        place.set(i32.const(0)),
        rewind,
      ];

      const addSums: Code = [
        leftWeight.set(f64.add(leftWeight.get, left.get)),
        rightWeight.set(f64.add(rightWeight.get, right.get)),
        leftSquares.set(f64.add(leftSquares.get, f64.mul(left.get, left.get))),
        rightSquares.set(f64.add(rightSquares.get, f64.mul(right.get, right.get))),
        place.increase(1),
      ];

      /** What an unsplit node scores evens out that fewer rows are judged. */
      const leaveOutGaps: Code = [
        judgedTotals.set(i32.add(totals.get, i32.shl(classCount.get, i32.const(3)))),
        judged.set(i32.const(0)),
        clearSums,
        doWhile(
          [
            weighClass(inside.set(f32x4.eq(vector.get, vector.get))),
            judged.set(i32.add(judged.get, classRows.get)),
            f64.store(i32.add(judgedTotals.get, i32.shl(place.get, i32.const(3))), left.get),
            right.set(f64.load(i32.add(totals.get, i32.shl(place.get, i32.const(3))))),
            addSums,
          ],
          i32.ltU(place.get, classCount.get),
        ),
        handicap.set(f64.sub(f64.div(rightSquares.get, rightWeight.get), f64.div(leftSquares.get, leftWeight.get))),
      ];

      const evaluate: Code = [
        leftRows.set(i32.const(0)),
        clearSums,
        doWhile(
          [
            weighClass([
              inside.set(f32x4.le(vector.get, thresholds.get)),
              ifThen(gapsLeft.get, inside.set(v128.or(inside.get, f32x4.ne(vector.get, vector.get)))),
            ]),
            leftRows.set(i32.add(leftRows.get, classRows.get)),
            right.set(f64.sub(f64.load(i32.add(judgedTotals.get, i32.shl(place.get, i32.const(3)))), left.get)),
            addSums,
          ],
          i32.ltU(place.get, classCount.get),
        ),
        ifThen(
          i32.and(i32.geU(leftRows.get, minLeafRows.get), i32.geU(i32.sub(judged.get, leftRows.get), minLeafRows.get)),
          [
            candidateScore.set(
              f64.add(
                f64.add(f64.div(leftSquares.get, leftWeight.get), f64.div(rightSquares.get, rightWeight.get)),
                handicap.get,
              ),
            ),
            ifThen(f64.gt(candidateScore.get, score.get), [
              score.set(candidateScore.get),
              ifThen(drawn.get, [
                nextRandom,
                gapsLeft.set(f64.gt(leftWeight.get, f64.mul(uniform, f64.add(leftWeight.get, rightWeight.get)))),
              ]),
              f64.store(result.get, score.get, randomSplitResult.score),
              i32.store(result.get, column.get, randomSplitResult.column),
              f32.store(result.get, threshold.get, randomSplitResult.threshold),
              i32.store(
                result.get,
                // Without gaps in the node, later ones go the way of most rows.
                i32.or(
                  gapsLeft.get,
                  i32.and(
                    i32.eqz(i32.or(hasGaps.get, drawn.get)),
                    i32.gtS(i32.shl(leftRows.get, i32.const(1)), count.get),
                  ),
                ),
                randomSplitResult.gapsLeft,
              ),
            ]),
          ],
        ),
      ];

      return [
        random.set(i32.load(result.get, randomSplitResult.random)),
        whileLoop(
          i32.and(
            i32.ltU(visited.get, candidateCount.get),
            i32.or(i32.ltU(visited.get, wanted.get), i32.eqz(found.get)),
          ),
          [
            drawColumn,
            gather,
            range,
            drawn.set(i32.load8u(i32.add(drawnGaps.get, column.get))),
            tellApart.set(i32.and(hasGaps.get, i32.eqz(drawn.get))),
            ifThen(i32.or(f32.gt(greatest.get, least.get), i32.and(tellApart.get, f32.eq(greatest.get, least.get))), [
              found.set(i32.const(1)),
              drawThreshold,
              judgeAll,
              ifThen(i32.and(hasGaps.get, drawn.get), leaveOutGaps),
              gapsLeft.set(i32.const(0)),
              evaluate,
              ifThen(tellApart.get, [gapsLeft.set(i32.const(1)), evaluate]),
            ]),
          ],
        ),
        i32.store(result.get, random.get, randomSplitResult.random),
      ];
    },
  );
}
