import { expect, it } from "vitest";
import { matchRows, rowsWithValuesOf } from "../../../../packages/ml/src/adapt/target/match-rows.ts";

const among = {
  columnCount: 10,
  rowCount: 3,
  values: Float32Array.from({ length: 30 }, (_, cell) => (cell === 4 ? Number.NaN : cell)),
  ids: ["a", "b", "c"],
};
const row = (place: number) => among.values.slice(place * 10, (place + 1) * 10);

it("rows are found by equal values, gaps among them, or by an id that their values bear out", () => {
  const nearly = row(1);
  nearly[3] = 99;
  const values = Float32Array.from([...row(0), ...nearly, ...row(2).map((value) => value + 1)]);
  const wanted = { columnCount: 10, rowCount: 3, values };
  expect([...matchRows({ ...wanted, ids: ["x", "b", "c"] }, among)]).toEqual([0, 1, -1]);
  expect([...matchRows(wanted, among)]).toEqual([0, -1, -1]);
});

it("a row is known by its id where its values were rounded", () => {
  const long = { ...among, values: among.values.map((value) => value * 1.2345678) };
  const values = long.values.map((value) => Number(value.toPrecision(6)));
  expect([...matchRows({ ...among, values }, long)]).toEqual([0, 1, 2]);
});

it("a row that comes more than once is known wherever it comes", () => {
  const values = Float32Array.from([...row(0), ...row(1), ...row(0), ...row(2), ...row(1)]);
  const rows = { columnCount: 10, rowCount: 5, values };
  expect([...rowsWithValuesOf(rows, Int32Array.of(0, 3))]).toEqual([0, 2, 3]);
});
