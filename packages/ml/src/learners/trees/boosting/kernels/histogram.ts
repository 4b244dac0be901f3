import { i32, i64, i64x2, memory, v128 } from "../../../../wasm/instructions.ts";
import { type Local, type ModuleBuilder, whileLoop } from "../../../../wasm/module-builder.ts";
import { bytesPerSlot, columnRecordBytes, columnsPerGroup, histogramBytesPerColumn } from "../layout.ts";

/**
 * Adds packed gradients to histograms, a group of eight columns at a time: one 64-bit load brings the bins of a row
 * in all of them, one 64-bit addition adds gradient and hessian.
 *
 * - `accumulateGroup(rows, gradients, count, groupBins, histogram)`: every column of a group.
 * - `accumulate1…4(rows, gradients, count, groupBins, (histogram, shift)…)`: chosen columns; `shift` is 8 × the column's
 *   place in the group.
 *
 * `rows` are row numbers (u32), `gradients` the packed gradients (i64) of these rows in the same order.
 */
export function addAccumulation(module: ModuleBuilder): void {
  module.add("accumulateGroup", ["i32", "i32", "i32", "i32", "i32"], (f, rows, gradients, count, bins, histogram) => {
    const end = f.local("i32");
    const gradient = f.local("i64");
    const word = f.local("i64");
    const half = f.local("i32");
    const slot = f.local("i32");
    const addTo = (column: number) => {
      const place = column % 4;
      const scaled = place === 0 ? i32.shl(half.get, i32.const(3)) : i32.shrU(half.get, i32.const(8 * place - 3));
      return [
        slot.set(i32.add(histogram.get, i32.and(scaled, i32.const(255 * bytesPerSlot)))),
        addGradient(slot, gradient, column * histogramBytesPerColumn),
      ];
    };
    const columns = [...Array(columnsPerGroup).keys()];
    return [
      end.set(i32.add(rows.get, i32.shl(count.get, i32.const(2)))),
      whileLoop(i32.ltU(rows.get, end.get), [
        word.set(loadGroup(rows, bins)),
        gradient.set(i64.load(gradients.get)),
        half.set(i32.wrapI64(word.get)),
        columns.slice(0, 4).map(addTo),
        half.set(i32.wrapI64(i64.shrU(word.get, i64.const(32)))),
        columns.slice(4).map(addTo),
        rows.increase(4),
        gradients.increase(8),
      ]),
    ];
  });

  for (const columns of [1, 2, 3, 4]) {
    const pairs = Array.from({ length: columns }, () => ["i32", "i64"] as const).flat();
    module.add(
      `accumulate${columns}`,
      ["i32", "i32", "i32", "i32", ...pairs],
      (f, rows, gradients, count, bins, ...targets) => {
        const end = f.local("i32");
        const gradient = f.local("i64");
        const word = f.local("i64");
        const slot = f.local("i32");
        const addTo = (column: number) => {
          const [histogram, shift] = [targets[2 * column], targets[2 * column + 1]];
          const bin = i32.and(i32.wrapI64(i64.shrU(word.get, shift.get)), i32.const(255));
          return [slot.set(i32.add(histogram.get, i32.shl(bin, i32.const(3)))), addGradient(slot, gradient, 0)];
        };
        return [
          end.set(i32.add(rows.get, i32.shl(count.get, i32.const(2)))),
          whileLoop(i32.ltU(rows.get, end.get), [
            word.set(loadGroup(rows, bins)),
            gradient.set(i64.load(gradients.get)),
            [...Array(columns).keys()].map(addTo),
            rows.increase(4),
            gradients.increase(8),
          ]),
        ];
      },
    );
  }
}

function loadGroup(rows: Local, bins: Local) {
  return i64.load(i32.add(bins.get, i32.shl(i32.load(rows.get), i32.const(3))));
}

function addGradient(slot: Local, gradient: Local, offset: number) {
  return i64.store(slot.get, i64.add(i64.load(slot.get, offset), gradient.get), offset);
}

/**
 * `clear(columns, columnCount, histogram)` and `subtract(columns, columnCount, parent, child)`, which leaves in `parent`
 * the histogram of the other child. Both look only at the listed columns (`columnRecord` in `layout.ts`).
 */
export function addHistogramSteps(module: ModuleBuilder): void {
  module.add("clear", ["i32", "i32", "i32"], (f, columns, columnCount, histogram) => {
    const end = f.local("i32");
    return [
      end.set(i32.add(columns.get, i32.mul(columnCount.get, i32.const(columnRecordBytes)))),
      whileLoop(i32.ltU(columns.get, end.get), [
        memory.fill(i32.add(histogram.get, i32.load(columns.get)), i32.const(0), i32.load(columns.get, 4)),
        columns.increase(columnRecordBytes),
      ]),
    ];
  });

  module.add("subtract", ["i32", "i32", "i32", "i32"], (f, columns, columnCount, parent, child) => {
    const end = f.local("i32");
    const from = f.local("i32");
    const to = f.local("i32");
    const last = f.local("i32");
    const step = (offset: number) =>
      v128.store(to.get, i64x2.sub(v128.load(to.get, offset), v128.load(from.get, offset)), offset);
    return [
      end.set(i32.add(columns.get, i32.mul(columnCount.get, i32.const(columnRecordBytes)))),
      whileLoop(i32.ltU(columns.get, end.get), [
        from.set(i32.add(child.get, i32.load(columns.get))),
        to.set(i32.add(parent.get, i32.load(columns.get))),
        last.set(i32.add(to.get, i32.load(columns.get, 4))),
        whileLoop(i32.ltU(to.get, last.get), [step(0), step(16), from.increase(32), to.increase(32)]),
        columns.increase(columnRecordBytes),
      ]),
    ];
  });
}
