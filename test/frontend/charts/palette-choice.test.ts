import { expect, test } from "vitest";
import { choiceOf, isChanged, palettesOf, usualChoice, withSlot } from "../../../frontend/src/charts/palette-choice.ts";
import { palettes } from "../../../frontend/src/charts/palettes.ts";

test("a changed colour stands in its slot on its ground, the last slot is of unknown rows", () => {
  const first = withSlot({ ...usualChoice, name: "ibm" }, "light", 0, "#AA0000");
  const both = withSlot(first, "dark", 7, "#abcdef");
  const { light, dark } = palettesOf(both);
  expect(light.categories).toEqual(["#aa0000", ...palettes.ibm.light.categories.slice(1)]);
  expect(light.unknown).toBe(palettes.ibm.light.unknown);
  expect(dark.categories).toEqual(palettes.ibm.dark.categories);
  expect(dark.unknown).toBe("#abcdef");
  expect([usualChoice, first].map(isChanged)).toEqual([false, true]);
});

test("what is no colour is not taken", () => {
  expect(withSlot(usualChoice, "light", 0, "red")).toBe(usualChoice);
});

test("a kept choice of another version never breaks the charts", () => {
  const kept = (value: unknown) => choiceOf(value as Parameters<typeof choiceOf>[0]);
  expect(kept(undefined)).toEqual(usualChoice);
  expect(kept({ name: "gone", changes: {} })).toEqual(usualChoice);
  expect(kept({ name: "tol" })).toEqual({ name: "tol", changes: { light: {}, dark: {} } });
  const odd = { name: "tol", changes: { light: { 1: "javascript:", 2: "#123456", 99: "#123456" } } };
  expect(kept(odd)).toEqual({ name: "tol", changes: { light: { 2: "#123456" }, dark: {} } });
});
