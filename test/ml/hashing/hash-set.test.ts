import { expect, test } from "vitest";
import { HashSet } from "../../../packages/ml/src/hashing/hash-set.ts";
import { hashBytes, hashWords } from "../../../packages/ml/src/hashing/hash64.ts";

test("a set knows what was added, over many growths", () => {
  const set = new HashSet(100_000);
  const hash = new Uint32Array(2);
  for (let pass = 0; pass < 2; pass++) {
    for (let i = 0; i < 50_000; i++) {
      hashBytes(Buffer.from(`row ${i}`), hash);
      expect(set.add(hash[0], hash[1])).toBe(pass === 1);
    }
  }
  expect(set.size).toBe(50_000);
});

test("a full set still knows what it has, and takes nothing more", () => {
  const set = new HashSet(2);
  expect([set.add(1, 1), set.add(0, 0), set.add(3, 3), set.add(3, 3)]).toEqual([false, false, false, false]);
  expect([set.add(1, 1), set.add(0, 0)]).toEqual([true, true]);
  expect(set.full).toBe(true);
});

test("its words make the same set again", () => {
  const set = new HashSet(10);
  for (const [high, low] of [
    [0, 0],
    [5, 2 ** 32 - 1],
    [2 ** 31, 7],
  ])
    set.add(high, low);
  const words = set.toWords();
  const copy = new HashSet(10);
  for (let i = 0; i < words.length; i += 2) copy.add(words[i], words[i + 1]);
  expect(copy.size).toBe(3);
  expect(copy.add(2 ** 31, 7)).toBe(true);
});

test("hashes differ by content, order, length and seed", () => {
  const seen = new Set<string>();
  const hash = new Uint32Array(2);
  const note = () => seen.add(hash.join());
  for (const text of ["", "\0", "\0\0", "a", "b", "ab", "ba", "abcdefgh", "abcdefghi", "x".repeat(100)]) {
    hashBytes(Buffer.from(text), hash);
    note();
  }
  for (const words of [
    [0, 1],
    [1, 0],
    [0, 1, 0, 0],
    [0, 0, 0, 1],
  ])
    for (const seed of [-1, 0, 1]) {
      hashWords(Uint32Array.from(words), seed, hash);
      note();
    }
  expect(seen.size).toBe(22);
});
