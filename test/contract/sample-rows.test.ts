import { issueMessages } from "@systemhealer/contract/messages/issue-messages";
import { SampleRows } from "@systemhealer/contract/sample-rows";
import { expect, test } from "vitest";

const faultsOf = (rows: unknown) =>
  SampleRows.safeParse(rows, { error: issueMessages("en") }).error?.issues.map(({ path, message }) => [path, message]);

test("rows of numbers and gaps pass as they are, whatever their KPIs are called", () => {
  const rows = JSON.parse('[{"cpu":1.5,"__proto__":2,"constructor":null},{}]');
  const parsed = SampleRows.parse(rows);
  expect(Object.entries(parsed[0]!)).toEqual([
    ["cpu", 1.5],
    ["__proto__", 2],
    ["constructor", null],
  ]);
});

test("what is no row and no number is named with its place", () => {
  expect(faultsOf([{ cpu: "high" }, 3, { memory: Number.POSITIVE_INFINITY }])).toEqual([
    [[0, "cpu"], expect.stringContaining("number")],
    [[1], expect.stringContaining("object")],
    [[2, "memory"], expect.stringContaining("number")],
  ]);
  expect(faultsOf([])).toHaveLength(1);
  expect(faultsOf("rows")).toHaveLength(1);
});

test("what says when and where a row was may be text", () => {
  expect(SampleRows.parse([{ node: "n1", Time: "2026-01-01", cpu: 1 }])).toEqual([
    { node: "n1", Time: "2026-01-01", cpu: 1 },
  ]);
  expect(faultsOf([{ node: "n".repeat(201) }])).toHaveLength(1);
});

test("after fifty faults nothing more is looked at", () => {
  let looked = 0;
  const row = Object.fromEntries(Array.from({ length: 100 }, (_, kpi) => [`kpi${kpi}`, "x"]));
  const watched = new Proxy(row, {
    get(target, name: string) {
      looked++;
      return target[name];
    },
  });
  expect(faultsOf([watched, watched])).toHaveLength(50);
  expect(looked).toBe(50);
});
