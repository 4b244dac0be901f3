import { expect, test } from "vitest";
import { curveUnit } from "../../../frontend/src/lib/curve-unit.ts";

test("boosting counts rounds, a forest trees, a network epochs, whatever sizes stand after the learner's name", () => {
  expect(curveUnit("gbdt 15 leaves, learning rate 0.15")).toBe("round");
  expect(curveUnit("random-forest 60 trees")).toBe("tree");
  expect(curveUnit("linear")).toBe("iteration");
  expect(curveUnit("mlp 64×32, learning rate 0.01")).toBe("epoch");
  expect(curveUnit(undefined)).toBe("epoch");
});
