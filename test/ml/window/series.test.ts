import { expect, test } from "vitest";
import { readTable } from "../../../packages/ml/src/table/read-table.ts";
import { momentOf, oneSeries, previousRows } from "../../../packages/ml/src/window/series.ts";
import { windowRows } from "../../../packages/ml/src/window/window-rows.ts";
import { byteChunks } from "../table/byte-chunks.ts";

test("each node is a series of its own, in order of time whatever the order of the file", () => {
  expect([...previousRows([7, 8, 7, 8, 7], [3, 1, 1, 2, 2])]).toEqual([4, -1, -1, 1, 2]);
});

test("without times, and for equal or missing ones, the order of the file counts", () => {
  expect([...previousRows([0, 1, 0, 1])]).toEqual([-1, -1, 0, 1]);
  expect([...previousRows([0, 0, 0, 0], [5, Number.NaN, 5, 6])]).toEqual([-1, 0, 1, 2]);
  expect([...oneSeries(3).previous]).toEqual([-1, 0, 1]);
});

test("times are numbers or dates", () => {
  expect(momentOf("1e3")).toBe(1_000);
  expect(momentOf("2026-01-01T00:00:01Z") - momentOf("2026-01-01T00:00:00Z")).toBe(1_000);
  expect(momentOf(" ")).toBeNaN();
  expect(momentOf("soon")).toBeNaN();
});

test("a window holds the rows before, the oldest first; what is missing repeats the first row", () => {
  const previous = Int32Array.of(-1, 0, 1, 2);
  expect([...windowRows({ previous }, Int32Array.of(3, 1, 0), 3)]).toEqual([1, 2, 3, 0, 0, 1, 0, 0, 0]);
  expect([...windowRows({}, Int32Array.of(3, 1), 1)]).toEqual([3, 1]);
  expect(() => windowRows({}, Int32Array.of(3), 2)).toThrow(RangeError);
});

test("a table tells its series by the columns of node and time, where asked", async () => {
  const csv = "Host,timestamp,a,label\nx,2,1,u\ny,1,2,u\nx,1,3,v\n";
  const { series } = await readTable(byteChunks(csv), { keepSeries: true });
  expect(series).toEqual({ nodeColumn: "Host", timeColumn: "timestamp", previous: Int32Array.of(2, -1, -1) });
  const plain = await readTable(byteChunks("a,label\n1,u\n2,v\n"), { keepSeries: true });
  expect(plain.series).toEqual({ previous: Int32Array.of(-1, 0) });
  expect((await readTable(byteChunks(csv))).series).toBeUndefined();
});
