import { expect, test } from "vitest";
import { IdTracker } from "../../../packages/ml/src/diagnose/id-tracker.ts";

function track(ids: readonly (string | number)[]): IdTracker {
  const tracker = new IdTracker();
  for (const id of ids) tracker.add(Buffer.from(String(id)));
  return tracker;
}

function merged(...parts: (readonly (string | number)[])[]): IdTracker {
  const tracker = new IdTracker();
  for (const ids of parts) tracker.merge(JSON.parse(JSON.stringify(track(ids))));
  return tracker;
}

const upTo = (count: number, first = 0) => Array.from({ length: count }, (_, i) => first + i);

test.each<[string, readonly (string | number)[], boolean]>([
  ["rising numbers", upTo(1_000), true],
  ["numbers in any order", [5, 3, 9, 1], true],
  ["texts", ["a", "b", "01", "1"], true],
  ["a number again", [1, 2, 3, 2], false],
  ["a text again", ["a", "b", "a"], false],
  ["an empty id twice", ["", ""], false],
])("%s: unique is told", (_, ids, unique) => expect(track(ids).unique).toBe(unique));

test("parts are unique together where none has an id of another", () => {
  const shuffled = upTo(100).map((i) => (i * 37) % 101);
  expect(merged(upTo(100), upTo(100, 100), [200]).unique).toBe(true);
  expect(merged(upTo(100, 100), upTo(100)).unique).toBe(true);
  expect(merged(upTo(100), upTo(100, 99)).unique).toBe(false);
  expect(merged(shuffled, ["a", "b"]).unique).toBe(true);
  expect(merged(shuffled, [101, 102]).unique).toBe(true);
  expect(merged(shuffled, [7]).unique).toBe(false);
  expect(merged(["a"], ["b"], ["a"]).unique).toBe(false);
  expect(merged([], upTo(5)).unique).toBe(true);
  expect(merged(["a", "b", "a"], ["c"]).unique).toBe(false);
  expect(merged(["c"], [1, 2, 2]).unique).toBe(false);
});

test("a long part of rising ids is told in a few bytes", () => {
  expect(JSON.stringify(track(upTo(10_000))).length).toBeLessThan(100);
});

test("parts that are neither rising nor have hashes are not known to be unique", () => {
  expect(merged(upTo(100), ["a", "b"]).unique).toBe(false);
});
