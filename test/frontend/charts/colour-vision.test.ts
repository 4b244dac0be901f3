import { expect, test } from "vitest";
import { alikePairs, contrast, seenColour } from "../../../frontend/src/charts/colour-vision.ts";

test("contrast is that of WCAG: black on white 21, a grey of the standard's own example", () => {
  expect(contrast("#000000", "#ffffff")).toBeCloseTo(21, 10);
  expect(contrast("#ffffff", "#767676")).toBeCloseTo(4.54, 2);
  expect(contrast("#767676", "#ffffff")).toBe(contrast("#ffffff", "#767676"));
});

test("greys look the same to all eyes; red and green do not keep apart without red or green cones", () => {
  for (const vision of ["usual", "protan", "deutan"] as const) expect(seenColour("#808080", vision)).toBe("#808080");
  expect(seenColour("#ff0000", "usual")).toBe("#ff0000");
  const [red, green] = ["#b45a28", "#6e7d28"].map((colour) => seenColour(colour, "deutan"));
  expect(red!.slice(1, 3)).toBe(red!.slice(3, 5));
  expect(green!.slice(1, 3)).toBe(green!.slice(3, 5));
});

test("pairs that some eyes take for each other are named with the eyes that do", () => {
  expect(alikePairs(["#0000ff", "#ffaa00"])).toEqual([]);
  expect(alikePairs(["#104080", "#124182"])).toEqual([{ one: 0, other: 1, vision: "usual" }]);
  const found = alikePairs(["#c85014", "#0000ff", "#787800"]);
  expect(found).toEqual([{ one: 0, other: 2, vision: "protan" }]);
});
