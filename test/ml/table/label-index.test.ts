import { expect, test } from "vitest";
import { LabelIndex, labelBeyondLimit, labelNotUtf8, noLabel } from "../../../packages/ml/src/table/label-index.ts";

test("classes are numbered in the order of their first row, whatever their spelling", () => {
  const index = new LabelIndex();
  const indexes = ["b", "1", "a", "1.0", "b", " 1"].map((text) => index.indexOf(Buffer.from(text)));
  expect(indexes).toEqual([0, 1, 2, 1, 0, 1]);
  expect(index.classes).toEqual(["b", "1", "a"]);
});

test("gaps are no class", () => {
  const index = new LabelIndex();
  for (const gap of ["", "NA", "null", "-"]) expect(index.indexOf(Buffer.from(gap))).toBe(noLabel);
  expect(index.classes).toEqual([]);
});

test("bytes that are not UTF-8 and classes past the limit are told", () => {
  const index = new LabelIndex(2, ["x"]);
  expect(index.indexOf(Uint8Array.of(0xff))).toBe(labelNotUtf8);
  expect(index.indexOf(Buffer.from("x"))).toBe(0);
  expect(index.indexOf(Buffer.from("y"))).toBe(1);
  expect(index.indexOf(Buffer.from("z"))).toBe(labelBeyondLimit);
  expect(index.indexOf(Buffer.from("z"))).toBe(labelBeyondLimit);
});

test("names whose bytes have one hash are two classes", () => {
  // By 32-bit FNV-1a.
  const pairs = ["costarring", "liquid", "altarage", "zinke"];
  const index = new LabelIndex();
  for (let pass = 0; pass < 2; pass++)
    expect(pairs.map((text) => index.indexOf(Buffer.from(text)))).toEqual([0, 1, 2, 3]);
});

test("more spellings than it remembers are still told apart", () => {
  const index = new LabelIndex();
  for (let pass = 0; pass < 2; pass++)
    for (let i = 0; i < 3_000; i++) expect(index.indexOf(Buffer.from(`class ${i}`))).toBe(i);
});
