import { expect, it } from "vitest";
import { matchRows } from "../../../../packages/ml/src/adapt/target/match-rows.ts";

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
