import type { Code } from "../../../wasm/code.ts";
import { f32, f32x4, i32, i32x4, shuffle, v128 } from "../../../wasm/instructions.ts";
import { doWhile, type FunctionBuilder, ifThen, type Local, whileLoop } from "../../../wasm/module-builder.ts";

/** Where a node's rows are, and where there is room for their values of one column and three more. */
export interface NodeColumn {
  /** Numbers of the node's rows (u32), class by class; `ends` has the end of each class (u32). */
  readonly rows: Local;
  readonly count: Local;
  readonly ends: Local;
  /** Float32, column by column, `rowCount` each. */
  readonly values: Local;
  readonly rowCount: Local;
  readonly column: Local;
  readonly gathered: Local;
}

/** A node's values of one column, side by side, looked at four at a time. */
export interface GatheredColumn {
  /** Copies the values. */
  readonly gather: Code;
  /** Finds `least` and `greatest`, and whether it `hasGaps`. */
  readonly range: Code;
  readonly least: Local;
  readonly greatest: Local;
  readonly hasGaps: Local;
  /** Makes the first class the next. */
  readonly rewind: Code;
  /**
   * Counts in `classRows` how many values of the next class, which is `place`, are inside.
   * @param isInside says of the values in `vector`, lane by lane, whether they are, in `inside`
   */
  countClass(place: Local, isInside: Code): Code;
  readonly vector: Local;
  readonly inside: Local;
  readonly classRows: Local;
}

export function gatheredColumn(
  f: FunctionBuilder,
  { rows, count, ends, values, rowCount, column, gathered }: NodeColumn,
): GatheredColumn {
  const [base, from, to, stop] = [f.local("i32"), f.local("i32"), f.local("i32"), f.local("i32")];
  const [lows, highs, gapMask, below] = [f.local("v128"), f.local("v128"), f.local("v128"), f.local("v128")];
  const [least, greatest, hasGaps] = [f.local("f32"), f.local("f32"), f.local("i32")];
  const [vector, inside, classRows] = [f.local("v128"), f.local("v128"), f.local("i32")];
  const lane = (source: Local, index: number): Code => f32x4.extractLane(source.get, index);

  const gather: Code = [
    base.set(i32.add(values.get, i32.shl(i32.mul(column.get, rowCount.get), i32.const(2)))),
    from.set(rows.get),
    stop.set(i32.add(rows.get, i32.shl(count.get, i32.const(2)))),
    to.set(gathered.get),
    doWhile(
      [
        f32.store(to.get, f32.load(i32.add(base.get, i32.shl(i32.load(from.get), i32.const(2))))),
        from.increase(4),
        to.increase(4),
      ],
      i32.ltU(from.get, stop.get),
    ),
    // The last vector is filled up with the last value.
    v128.store(to.get, v128.load32Splat(i32.sub(to.get, i32.const(4)))),
  ];

  const range: Code = [
    stop.set(to.get),
    to.set(gathered.get),
    lows.set(f32x4.splat(f32.const(Number.POSITIVE_INFINITY))),
    highs.set(f32x4.splat(f32.const(Number.NEGATIVE_INFINITY))),
    gapMask.set(f32x4.splat(f32.const(0))),
    doWhile(
      [
        vector.set(v128.load(to.get)),
        lows.set(f32x4.pmin(lows.get, vector.get)),
        highs.set(f32x4.pmax(highs.get, vector.get)),
        gapMask.set(v128.or(gapMask.get, f32x4.ne(vector.get, vector.get))),
        to.increase(16),
      ],
      i32.ltU(to.get, stop.get),
    ),
    least.set(f32.min(f32.min(lane(lows, 0), lane(lows, 1)), f32.min(lane(lows, 2), lane(lows, 3)))),
    greatest.set(f32.max(f32.max(lane(highs, 0), lane(highs, 1)), f32.max(lane(highs, 2), lane(highs, 3)))),
    hasGaps.set(v128.anyTrue(gapMask.get)),
  ];

  const countClass = (place: Local, isInside: Code): Code => [
    stop.set(
      i32.add(gathered.get, i32.shl(i32.load(i32.add(ends.get, i32.shl(place.get, i32.const(2)))), i32.const(2))),
    ),
    below.set(i32x4.splat(i32.const(0))),
    whileLoop(i32.ltU(from.get, stop.get), [
      vector.set(v128.load(from.get)),
      isInside,
      ifThen(
        i32.ltU(i32.sub(stop.get, from.get), i32.const(16)),
        inside.set(
          v128.and(
            inside.get,
            i32x4.gtS(i32x4.splat(i32.shrU(i32.sub(stop.get, from.get), i32.const(2))), laneNumbers),
          ),
        ),
      ),
      below.set(i32x4.sub(below.get, inside.get)),
      from.increase(16),
    ]),
    below.set(i32x4.add(below.get, shuffle(below.get, below.get, swappedHalves))),
    classRows.set(i32.add(i32x4.extractLane(below.get, 0), i32x4.extractLane(below.get, 1))),
    from.set(stop.get),
  ];

  const rewind = from.set(gathered.get);
  return { gather, range, least, greatest, hasGaps, rewind, countClass, vector, inside, classRows };
}

const swappedHalves = [8, 9, 10, 11, 12, 13, 14, 15, 0, 1, 2, 3, 4, 5, 6, 7];
const laneNumbers = v128.const([0, 0, 0, 0, 1, 0, 0, 0, 2, 0, 0, 0, 3, 0, 0, 0]);
