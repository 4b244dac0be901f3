import { expect, test } from "vitest";
import { formRow, rowEntries, rowFields } from "../../../../frontend/src/features/diagnosis/row-form.ts";

const names = ["a", "b", "c", "d", "e", "f", "g", "h", "i", "j"];
const card = { features: [...names.map((name) => ({ name, used: true })), { name: "constant", used: false }] };
const preparation = {
  duplicateRowsDropped: 0,
  constantFeaturesDropped: ["constant"],
  cellsImputed: 0,
  classes: [],
  scaler: "",
  imputer: "",
  selection: "",
  featureScores: names.map((name, index) => ({ name, score: index, kept: true })),
  syntheticRows: 0,
};

test("the KPIs that matter stand first: by importance, else by score, else as in the file", () => {
  const importance = [
    { name: "c", mean: 0.2, low: 0, high: 0 },
    { name: "a", mean: 0.4, low: 0, high: 0 },
  ];
  const firsts = (report: Parameters<typeof rowFields>[1]) =>
    rowFields(card, report, undefined).first.map(({ name }) => name);
  expect(firsts({ preparation, importance }).slice(0, 3)).toEqual(["a", "c", "b"]);
  expect(firsts({ preparation }).slice(0, 2)).toEqual(["j", "i"]);
  expect(firsts(undefined)).toEqual(names.slice(0, 8));
});

test("KPIs that the model does not use are not asked for", () => {
  const { first, rest } = rowFields(card, undefined, undefined);
  expect([...first, ...rest].map(({ name }) => name)).toEqual(names);
});

test("the form begins with the usual values", () => {
  const feature = { name: "a", missing: 0, min: 0, max: 9, mean: 4, standardDeviation: 1, constant: false };
  const profile = { features: [{ ...feature, quantiles: [0.5, 2, 1.23456, 5, 8] }] };
  const { first } = rowFields(card, undefined, profile);
  expect(first[0]).toEqual({ name: "a", usual: 1.23456, low: 0.5, high: 8 });
  expect(rowEntries(first.slice(0, 2), {})).toEqual({ a: "1.235", b: "" });
});

test("the usual values are those of rows without a fault, where a class is called so", () => {
  const normal = new Map([["a", { low: 2, median: 3, high: 4 }]]);
  const { first } = rowFields(card, undefined, undefined, normal);
  expect(first[0]).toEqual({ name: "a", usual: 3, low: 2, high: 4 });
  expect(rowEntries(first.slice(0, 2), {})).toEqual({ a: "3", b: "" });
});

test("what was typed stays, an emptied field too; of KPIs that the form lacks it is kept aside", () => {
  const { first } = rowFields(card, undefined, undefined, new Map([["a", { low: 2, median: 3, high: 4 }]]));
  expect(rowEntries(first.slice(0, 2), { a: "", b: "7", other: "1" })).toEqual({ a: "", b: "7" });
});

test("numbers of many digits have an exponent, which the form takes back", () => {
  const normal = new Map([
    ["a", { low: 0, median: 71_864_200_000_000_000, high: 1e17 }],
    ["b", { low: 0, median: 0.000001179, high: 1 }],
    ["c", { low: 0, median: -109_133, high: 1 }],
  ]);
  const entries = rowEntries(rowFields(card, undefined, undefined, normal).first.slice(0, 3), {});
  expect(entries).toEqual({ a: "7.186e+16", b: "1.179e-6", c: "-109100" });
  expect(formRow(entries)).toEqual({ row: { a: 7.186e16, b: 1.179e-6, c: -109_100 }, wrong: [] });
});

test("an empty field is a gap, and text in a field is told", () => {
  expect(formRow({ a: " 1e3 ", b: "", c: "many" })).toEqual({ row: { a: 1000, b: null, c: null }, wrong: ["c"] });
});
