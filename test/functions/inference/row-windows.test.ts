import { expect, test } from "vitest";
import { rowValues } from "../../../functions/inference/row-values.ts";
import { rowWindows } from "../../../functions/inference/row-windows.ts";

const card = {
  features: [
    { name: "cpu", used: true },
    { name: "disk", used: true },
  ],
  classes: ["0", "1"],
  window: { rows: 3, nodeColumn: "host", timeColumn: "time" },
};

const windowsOf = (rows: Record<string, number | string | null>[], model: Parameters<typeof rowWindows>[2] = card) => [
  ...rowWindows(rows, rowValues(rows, model).values, model),
];

test("rows of one request are the series of their nodes, by time", () => {
  const rows = [
    { host: "a", time: "2026-01-01T00:00:02Z", cpu: 2, disk: 20 },
    { host: "b", time: "2026-01-01T00:00:01Z", cpu: 7, disk: 70 },
    { host: "a", time: "2026-01-01T00:00:01Z", cpu: 1, disk: 10 },
  ];
  expect(windowsOf(rows)).toEqual([...[1, 10, 1, 10, 2, 20], ...[7, 70, 7, 70, 7, 70], ...[1, 10, 1, 10, 1, 10]]);
  expect(rowValues(rows, card).columns).toEqual({ missing: [], unknown: [] });
});

test("without node and time the order of the request counts", () => {
  const rows = [1, 2, 3].map((cpu) => ({ cpu, disk: 0 }));
  expect(windowsOf(rows)).toEqual([1, 0, 1, 0, 1, 0, 1, 0, 1, 0, 2, 0, 1, 0, 2, 0, 3, 0]);
});

test("a model of single rows takes them as they are, and names columns that it does not know", () => {
  const { window: _, ...single } = card;
  const rows = [{ host: "a", cpu: 1, disk: 2 }];
  expect(windowsOf(rows, single)).toEqual([1, 2]);
  expect(rowValues(rows, single).columns.unknown).toEqual(["host"]);
});

test("a text where the model wants a number is refused", () => {
  const timed = { ...card, features: [{ name: "time", used: true }] };
  expect(() => rowValues([{ time: "soon" }], timed)).toThrow("not-a-number");
});
