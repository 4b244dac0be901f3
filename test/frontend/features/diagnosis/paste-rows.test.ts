import { expect, test } from "vitest";
import { readPastedRows } from "../../../../frontend/src/features/diagnosis/paste-rows.ts";

const options = { features: ["cpu", "disk", "lag"], maxRows: 3 };
const read = (text: string) => readPastedRows(text, options);

test("cells of a spreadsheet come with tabs and a line of names, in any order", () => {
  const { rows, ids, known, other, hasHeader, faults } = read("disk\tsample_id\tcpu\n1.5\ta-1\t90\r\n\t a-2\t-2e3\n");
  expect(rows).toEqual([
    { disk: 1.5, cpu: 90 },
    { disk: null, cpu: -2000 },
  ]);
  expect(ids).toEqual(["a-1", "a-2"]);
  expect({ known, other, hasHeader, faults }).toEqual({
    known: ["disk", "cpu"],
    other: ["sample_id"],
    hasHeader: true,
    faults: [],
  });
});

test("commas, semicolons and quoted cells are read", () => {
  expect(read('"cpu","la""g",disk\n1,2,"3"').rows).toEqual([{ cpu: 1, disk: 3 }]);
  expect(read("cpu;disk\n1;2\n\n3;NA").rows).toEqual([
    { cpu: 1, disk: 2 },
    { cpu: 3, disk: null },
  ]);
});

test("without names the columns are the model's, if there are as many", () => {
  expect(read("1\t2\t3")).toMatchObject({ rows: [{ cpu: 1, disk: 2, lag: 3 }], hasHeader: false, ids: ["1"] });
  expect(read("1\t2").faults).toEqual([{ code: "noHeader", found: "2", expected: "3" }]);
});

test("a cell that is no number is told with its row and column", () => {
  const { faults } = read("cpu,disk\n1,2\n3,high\n0x1f,Infinity");
  expect(faults).toEqual([
    { code: "notNumber", row: 2, column: "disk", found: "high" },
    { code: "notNumber", row: 3, column: "cpu", found: "0x1f" },
    { code: "notNumber", row: 3, column: "disk", found: "Infinity" },
  ]);
});

test("a row with too few or too many cells is told", () => {
  expect(read("cpu,disk\n1,2,3").faults).toEqual([{ code: "cellCount", row: 1, found: "3", expected: "2" }]);
});

test("names that the model does not know, or twice the same, are told", () => {
  expect(read("memory,swap\n1,2").faults[0]).toMatchObject({ code: "noKnownColumn" });
  expect(read("cpu,cpu\n1,2").faults[0]).toMatchObject({ code: "twice", column: "cpu" });
});

test("more rows than one request takes are refused, and faults do not grow without end", () => {
  expect(read("cpu\n1\n2\n3\n4").faults).toEqual([{ code: "tooManyRows", found: "4", expected: "3" }]);
  const pasted = `cpu\n"1\n",\n\n${"1\n".repeat(5_000)}`;
  expect(read(pasted).faults).toEqual([{ code: "tooManyRows", found: "5001", expected: "3" }]);
  const records = JSON.stringify(Array.from({ length: 5_000 }, () => ({ cpu: 1 })));
  expect(read(records).faults).toEqual([{ code: "tooManyRows", found: "5000", expected: "3" }]);
  expect(read("cpu\n1\n2\n3\n\n").rows).toHaveLength(3);
  expect(read("1,2,3\n".repeat(3)).rows).toHaveLength(3);
  const many = readPastedRows(`cpu\n${"x\n".repeat(500)}`, { ...options, maxRows: 1_000 });
  expect(many.faults).toHaveLength(20);
});

test("JSON is taken as an object, a list of objects or the body of a request", () => {
  for (const text of ['{"cpu":1,"lag":null}', '[{"cpu":1,"lag":null}]', '{"rows":[{"cpu":1,"lag":null}]}']) {
    expect(read(text)).toMatchObject({ rows: [{ cpu: 1, lag: null }], faults: [] });
  }
  expect(read('[{"cpu":"much"}]').faults).toEqual([{ code: "notNumber", row: 1, column: "cpu", found: "much" }]);
  expect(read('[{"cpu":1},').faults[0]).toMatchObject({ code: "badJson" });
  expect(read("[1, 2]").faults).toEqual([{ code: "notRows", row: 1 }]);
});

test("nothing pasted is nothing, without a fault", () => {
  expect(read(" \n ")).toMatchObject({ rows: [], faults: [] });
});
