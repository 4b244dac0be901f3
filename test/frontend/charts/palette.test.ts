import { expect, test } from "vitest";
import { classColours, inkOn, mix, okabeIto, rampColour, unknownClass } from "../../../frontend/src/charts/palette.ts";

const grounds = { light: "#ffffff", dark: "#161d26" } as const;

function luminance(colour: string): number {
  const [r, g, b] = [1, 3, 5].map((at) => {
    const value = Number.parseInt(colour.slice(at, at + 2), 16) / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r! + 0.7152 * g! + 0.0722 * b!;
}
function contrast(one: string, other: string): number {
  const [low, high] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (high! + 0.05) / (low! + 0.05);
}

/** What eyes without red or green cones see of a colour (Viénot, Brettel and Mollon 1999). */
function seenBy(kind: "protan" | "deutan", colour: string): number[] {
  const linear = [1, 3, 5].map((at) => (Number.parseInt(colour.slice(at, at + 2), 16) / 255) ** 2.2);
  const rows = {
    protan: [
      [0.11238, 0.88762, 0],
      [0.11238, 0.88762, 0],
      [0.00401, -0.00401, 1],
    ],
    deutan: [
      [0.29275, 0.70725, 0],
      [0.29275, 0.70725, 0],
      [-0.02234, 0.02234, 1],
    ],
  }[kind];
  return rows.map(
    (row) =>
      Math.max(
        0,
        row.reduce((sum, weight, i) => sum + weight * linear[i]!, 0),
      ) **
      (1 / 2.2),
  );
}

test.each(["light", "dark"] as const)("each colour stands out from the %s ground by 3 to 1", (ground) => {
  const { categories, unknown } = okabeIto[ground];
  for (const colour of [...categories, unknown]) {
    expect(contrast(colour, grounds[ground]), colour).toBeGreaterThanOrEqual(3);
  }
});

test.each(["light", "dark"] as const)("colour-blind eyes tell the colours on the %s ground apart", (ground) => {
  const { categories, unknown } = okabeIto[ground];
  for (const kind of ["protan", "deutan"] as const) {
    const colours = [...categories, unknown];
    const seen = colours.map((colour) => seenBy(kind, colour));
    for (let i = 0; i < seen.length; i += 1) {
      for (let j = 0; j < i; j += 1) {
        const distance = Math.hypot(...seen[i]!.map((value, at) => value - seen[j]![at]!));
        expect(distance, `${kind}: ${colours[j]} and ${colours[i]}`).toBeGreaterThan(0.19);
      }
    }
  }
});

test("a class has the same colour whatever the order of the classes", () => {
  const one = classColours(["disk", "cpu", "net"], okabeIto.light);
  const other = classColours(["net", "disk", "cpu", "cpu"], okabeIto.light);
  for (const name of ["cpu", "disk", "net"]) expect(one(name)).toBe(other(name));
  expect(one(unknownClass)).toBe(okabeIto.light.unknown);
});

test("more classes than colours still have colours of their own", () => {
  const names = Array.from({ length: 24 }, (_, index) => `class ${String(index).padStart(2, "0")}`);
  const colourOf = classColours(names, okabeIto.light);
  expect(new Set(names.map(colourOf)).size).toBe(24);
});

test("a ramp begins and ends with its colours and is held there", () => {
  const ramp = ["#000000", "#808080", "#ffffff"];
  expect(rampColour(ramp, -1)).toBe("#000000");
  expect(rampColour(ramp, 0.5)).toBe("#808080");
  expect(rampColour(ramp, 2)).toBe("#ffffff");
  expect(mix("#000000", "#ffffff", 0.2)).toBe("#333333");
});

test("text on a colour is black or white, whichever reads better", () => {
  expect(inkOn("#f0e442")).toBe("#0f141a");
  expect(inkOn("#052f5f")).toBe("#ffffff");
});
