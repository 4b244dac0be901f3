import { expect, it } from "vitest";
import { fitBaseline, limitAt } from "../../../packages/ml/src/anomaly/baseline.ts";
import { decodeBaseline, encodeBaseline } from "../../../packages/ml/src/anomaly/encode-baseline.ts";
import { fitOwnBaseline } from "../../../packages/ml/src/anomaly/own-baseline.ts";
import { RowJudge } from "../../../packages/ml/src/anomaly/row-judge.ts";
import { createRandom } from "../../../packages/ml/src/random/random.ts";
import { normal } from "../fixtures/synthetic-table.ts";

const columnCount = 40;
const allRows = (count: number) => Int32Array.from({ length: count }, (_, row) => row);

/** Normal numbers, some missing; in the first `strayRows` rows ten KPIs are far up. */
function draw(rowCount: number, seed: number, strayRows = 0) {
  const random = createRandom(seed);
  const values = Float32Array.from({ length: rowCount * columnCount }, (_, index) => {
    const [row, column] = [Math.floor(index / columnCount), index % columnCount];
    if (random.uniform() < 0.02) return Number.NaN;
    return 50 + 5 * normal(random) + (row < strayRows && column < 10 ? 60 : 0);
  });
  return { values, columnCount };
}

function anomalousShare(judge: RowJudge, { values }: { values: Float32Array }, from: number, to: number): number {
  let count = 0;
  for (let row = from; row < to; row++) if (judge.judge(values, row * columnCount).anomalous) count++;
  return count / (to - from);
}

it("has the mean and the standard deviation of the sample", async () => {
  const values = Float32Array.from([2, 4, 4, 4, 5, 5, 7, 9, Number.NaN, 5]);
  const baseline = await fitBaseline({ values, columnCount: 1 }, allRows(10), "normal");
  expect(baseline?.means[0]).toBeCloseTo(5, 12);
  expect(baseline?.deviations[0]).toBeCloseTo(2, 12);
  expect(baseline).toMatchObject({ source: "normal", rows: 10 });
});

it("holds each row against mean and deviation of the others for its limits", async () => {
  const numbers = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 30];
  const raw = { values: Float32Array.from(numbers), columnCount: 1 };
  const baseline = await fitBaseline(raw, allRows(numbers.length), null);
  const zAmongOthers = numbers.map((number, row) => {
    const others = numbers.filter((_, other) => other !== row);
    const mean = others.reduce((sum, value) => sum + value, 0) / others.length;
    const squares = others.reduce((sum, value) => sum + (value - mean) ** 2, 0);
    return Math.abs(number - mean) / Math.sqrt(squares / (others.length - 1));
  });
  // Of fewer than 99 rows the greatest.
  for (const threshold of [1, 2, 3]) {
    expect(limitAt(baseline!, threshold).excess).toBeCloseTo(Math.max(...zAmongOthers) - threshold, 9);
    const beyond = zAmongOthers.filter((z) => z > threshold).length;
    expect(limitAt(baseline!, threshold).expectedKpis).toBeCloseTo(beyond / numbers.length, 12);
  }
});

it("lets a KPI alone be an anomaly from half as far again as it ever was", async () => {
  const raw = draw(200, 6);
  const { alarms, means, deviations } = (await fitBaseline(raw, allRows(200), null))!;
  for (const column of [0, 7]) {
    const own = Array.from({ length: 200 }, (_, row) => raw.values[row * columnCount + column]).filter(Number.isFinite);
    const peak = Math.max(...own.map((value) => Math.abs(value - means[column]) / deviations[column]));
    expect(alarms[column]).toBeCloseTo(1.5 * peak, 9);
  }
});

it("calls one in a hundred new normal rows anomalous, whatever the threshold, and every row that strays", async () => {
  const baseline = await fitBaseline(draw(2_000, 1), allRows(2_000), null);
  const fresh = draw(6_000, 2, 500);
  for (const threshold of [1, 2, 2.7, 3, 4]) {
    const judge = new RowJudge(baseline!, threshold);
    expect(anomalousShare(judge, fresh, 500, 6_000)).toBeLessThan(0.02);
    expect(anomalousShare(judge, fresh, 0, 500)).toBe(1);
  }
  expect(limitAt(baseline!, 2).expectedKpis).toBeCloseTo(0.0455 * 0.98 * columnCount, 0);
});

it("promises as much where there are hardly more rows than deviations need", async () => {
  let called = 0;
  for (let seed = 1; seed <= 20; seed++) {
    const baseline = await fitBaseline(draw(40, seed), allRows(40), null);
    called += anomalousShare(new RowJudge(baseline!, 3), draw(500, 100 + seed), 0, 500) / 20;
  }
  // The greatest of 40 is exceeded by one in 41.
  expect(called).toBeLessThan(0.05);
});

it("takes a KPI that never moved for beyond as soon as it does, and no number for NaN", async () => {
  const values = Float32Array.from({ length: 60 }, (_, index) => (index % 2 === 0 ? 7 : Number.NaN));
  const baseline = await fitBaseline({ values, columnCount: 2 }, allRows(30), null);
  const judge = new RowJudge(baseline!, 3);
  expect(judge.judge(Float32Array.of(7, 123), 0)).toEqual({ beyond: 0, excess: 0, lone: false, anomalous: false });
  expect(judge.judge(Float32Array.of(7.5, 123), 0)).toEqual({ beyond: 1, excess: 10, lone: false, anomalous: true });
  expect(judge.deviations(Float32Array.of(6, 123))).toEqual([{ column: 0, value: 6, z: -1_000 }]);
  expect(judge.deviations(Float32Array.of(Number.NaN, Number.NaN))).toEqual([]);
});

it("one KPI alone makes a row anomalous where it is further away than it ever was", async () => {
  const raw = draw(2_000, 1);
  for (let row = 0; row < 40; row++)
    for (let column = 0; column < 10; column++) raw.values[row * columnCount + column] += 60;
  const judge = new RowJudge((await fitBaseline(raw, allRows(2_000), null))!, 3);
  const row = draw(1, 5).values;
  expect(judge.judge(row, 0)).toMatchObject({ lone: false, anomalous: false });
  row[20] = 50 + 5 * 14;
  expect(judge.judge(row, 0)).toMatchObject({ lone: true, anomalous: true });
  // Such a row is normal in a KPI that often is as far.
  row[20] = 50;
  row[5] = 115;
  expect(judge.judge(row, 0)).toMatchObject({ lone: false, anomalous: false });
});

it("needs ten rows", async () => {
  expect(await fitBaseline(draw(9, 1), allRows(9), null)).toBeUndefined();
  expect(await fitOwnBaseline(draw(9, 1), allRows(9))).toBeUndefined();
});

it("stays finite for the greatest numbers", async () => {
  const values = Float32Array.from({ length: 20 }, (_, row) => (row % 2 === 0 ? 3.4e38 : -3.4e38));
  const baseline = await fitBaseline({ values, columnCount: 1 }, allRows(20), null);
  expect(Number.isFinite(baseline?.deviations[0])).toBe(true);
  expect(new RowJudge(baseline!, 3).judge(values, 0).beyond).toBe(0);
});

it("comes back from a model's file as it was, and not for other columns", async () => {
  const baseline = await fitBaseline(draw(100, 1), allRows(100), "正常");
  const written = JSON.parse(JSON.stringify(encodeBaseline(baseline!)));
  expect(decodeBaseline(written, columnCount)).toEqual(baseline);
  expect(() => decodeBaseline(written, columnCount + 1)).toThrow(RangeError);
});

it("of rows that nobody has labelled, knows a fifth that stray together from the rest", async () => {
  const rows = draw(2_000, 3, 400);
  const judge = new RowJudge((await fitOwnBaseline(rows, allRows(2_000)))!, 3);
  expect(anomalousShare(judge, rows, 0, 400)).toBeGreaterThan(0.95);
  expect(anomalousShare(judge, rows, 400, 2_000)).toBeLessThan(0.01);
  const quiet = draw(2_000, 4);
  const quietJudge = new RowJudge((await fitOwnBaseline(quiet, allRows(2_000)))!, 3);
  expect(anomalousShare(quietJudge, quiet, 0, 2_000)).toBeLessThan(0.02);
});
