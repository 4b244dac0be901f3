import { expect, it } from "vitest";
import { isMoreThanChance } from "../../../packages/ml/src/anomaly/chance.ts";
import { createRandom } from "../../../packages/ml/src/random/random.ts";

it("one row tells only what one comparison may tell", () => {
  expect(isMoreThanChance(1, 1, 0.01, 1)).toBe(true);
  expect(isMoreThanChance(1, 1, 0.01, 100)).toBe(false);
  expect(isMoreThanChance(0, 1, 0.01, 1)).toBe(false);
});

it("a share below a tenth tells nothing, one above does where rows are many", () => {
  expect(isMoreThanChance(99, 1_000, 0.01, 100)).toBe(false);
  expect(isMoreThanChance(101, 1_000, 0.01, 100)).toBe(true);
  expect(isMoreThanChance(200_000, 1_000_000, 0.01, 5_000_000)).toBe(true);
});

it("families of comparisons without cause are seldom wrong", () => {
  const random = createRandom(1);
  let wrong = 0;
  for (let family = 0; family < 500; family++) {
    let any = false;
    for (let comparison = 0; comparison < 50; comparison++) {
      let outside = 0;
      for (let row = 0; row < 30; row++) if (random.uniform() < 0.01) outside++;
      any ||= isMoreThanChance(outside, 30, 0.01, 50);
    }
    if (any) wrong++;
  }
  expect(wrong / 500).toBeLessThan(0.02);
});
