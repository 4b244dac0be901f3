import { expect, test } from "vitest";
import { contrast, groundColours, seenChannels } from "../../../frontend/src/charts/colour-vision.ts";
import { classColours, inkOn, mix, okabeIto, rampColour } from "../../../frontend/src/charts/palette.ts";
import { paletteNames, palettes } from "../../../frontend/src/charts/palettes.ts";

const all = paletteNames.flatMap((name) => (["light", "dark"] as const).map((ground) => ({ name, ground })));

test.each(all)("each colour of $name stands out from the $ground ground by 3 to 1", ({ name, ground }) => {
  const { categories, unknown } = palettes[name][ground];
  for (const colour of [...categories, unknown]) {
    expect(contrast(colour, groundColours[ground]), colour).toBeGreaterThanOrEqual(3);
  }
});

test.each(all)("colour-blind eyes tell the colours of $name on the $ground ground apart", ({ name, ground }) => {
  const { categories, unknown } = palettes[name][ground];
  for (const vision of ["usual", "protan", "deutan"] as const) {
    const colours = [...categories, unknown];
    const seen = colours.map((colour) => seenChannels(colour, vision));
    for (let i = 0; i < seen.length; i += 1) {
      for (let j = 0; j < i; j += 1) {
        const distance = Math.hypot(...seen[i]!.map((value, at) => value - seen[j]![at]!));
        expect(distance, `${vision}: ${colours[j]} and ${colours[i]}`).toBeGreaterThan(0.19);
      }
    }
  }
});

test.each(all)("steps of $name from none to much go one way on the $ground ground", ({ name, ground }) => {
  const { sequence } = palettes[name][ground];
  const contrasts = sequence.map((colour) => contrast(colour, groundColours[ground]));
  expect(contrasts).toEqual([...contrasts].sort((a, b) => a - b));
});

test.each(all)("both ends of the divergence of $name differ for all eyes on the $ground ground", ({ name, ground }) => {
  const [low, middle, high] = palettes[name][ground].divergence;
  for (const vision of ["usual", "protan", "deutan"] as const) {
    const [one, between, other] = [low, middle, high].map((colour) => seenChannels(colour, vision));
    for (const [a, b] of [
      [one, other],
      [one, between],
      [between, other],
    ] as const) {
      expect(Math.hypot(...a!.map((value, at) => value - b![at]!)), vision).toBeGreaterThan(0.19);
    }
  }
});

test("a class has the same colour whatever the order of the classes", () => {
  const one = classColours(["disk", "cpu", "net"], okabeIto.light);
  const other = classColours(["net", "disk", "cpu", "cpu"], okabeIto.light);
  for (const name of ["cpu", "disk", "net"]) expect(one(name)).toBe(other(name));
  expect(one("never named")).toBe(okabeIto.light.unknown);
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
