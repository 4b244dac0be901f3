import { expect, test } from "vitest";
import { gatherWindows } from "../../../packages/ml/src/pipeline/predict-rows.ts";
import { createRandom } from "../../../packages/ml/src/random/random.ts";
import { previousRows } from "../../../packages/ml/src/window/series.ts";
import { SeriesHistory } from "../../../packages/ml/src/window/series-history.ts";

const [rowCount, width, steps] = [200, 3, 5];
const random = createRandom(3);
const values = Float32Array.from({ length: rowCount * width }, () => random.uniform());
const nodes = Int32Array.from({ length: rowCount }, () => random.below(7));
const inOrder = Float64Array.from({ length: rowCount }, (_, row) => row);

test("windows made row by row are those of the whole table, however the rows are cut", () => {
  const raw = { values, columnCount: width, previous: previousRows(nodes, inOrder) };
  const whole = gatherWindows(
    raw,
    Int32Array.from({ length: rowCount }, (_, row) => row),
    steps,
  );
  for (const size of [1, 13, rowCount]) {
    const history = new SeriesHistory(steps, width);
    const found: number[] = [];
    for (let first = 0; first < rowCount; first += size) {
      const end = Math.min(rowCount, first + size);
      const part = values.subarray(first * width, end * width);
      found.push(...history.windows(part, end - first, nodes.subarray(first, end), inOrder.subarray(first, end)));
    }
    expect(Float32Array.from(found)).toEqual(whole);
  }
});

test("a row that comes late is placed by its time", () => {
  const history = new SeriesHistory(3, 1);
  const windows = history.windows(Float32Array.of(10, 30, 20, 40), 4, [0, 0, 0, 0], [1, 3, 2, 4]);
  expect([...windows]).toEqual([10, 10, 10, 10, 10, 30, 10, 10, 20, 20, 30, 40]);
});

test("what was remembered only is looked back on", () => {
  const history = new SeriesHistory(3, 1);
  history.remember(Float32Array.of(1, 2), 2, [4, 4], [Number.NaN, Number.NaN]);
  expect([...history.windows(Float32Array.of(3), 1, [4], [Number.NaN])]).toEqual([1, 2, 3]);
});

test("of too many series the one that was silent longest is forgotten", () => {
  const wide = 4 * 1024 * 1024;
  const history = new SeriesHistory(3, wide);
  const row = (value: number) => new Float32Array(wide).fill(value);
  for (const node of [1, 2, 1, 3]) history.remember(row(node), 1, [node], [Number.NaN]);
  expect(history.windows(row(9), 1, [1], [Number.NaN])[0]).toBe(1);
  expect(history.windows(row(9), 1, [2], [Number.NaN])[0]).toBe(9);
});
