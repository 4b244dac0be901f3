import { expect, test } from "vitest";
import { editDistance } from "../../../packages/ml/src/validate/edit-distance.ts";

test.each([
  ["", "", 0],
  ["kitten", "sitting", 3],
  ["feature50", "featur50", 1],
  ["abc", "", 3],
  ["ab", "ba", 2],
])("%j and %j are %d apart", (a, b, distance) => {
  expect(editDistance(a, b, 10)).toBe(distance);
  expect(editDistance(b, a, distance)).toBe(distance);
});

test("what is beyond the limit is not searched for", () => {
  expect(editDistance("kitten", "sitting", 2)).toBe(Number.POSITIVE_INFINITY);
  expect(editDistance("a", "abcdefgh", 3)).toBe(Number.POSITIVE_INFINITY);
});
