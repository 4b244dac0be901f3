import { expect, test } from "vitest";
import { seriesFolds, seriesSplit } from "../../../packages/ml/src/pipeline/series-split.ts";
import { createRandom } from "../../../packages/ml/src/random/random.ts";
import { previousRows } from "../../../packages/ml/src/window/series.ts";
import { windowRows } from "../../../packages/ml/src/window/window-rows.ts";

const steps = 8;
const rowCount = 3_000;
const nodes = Int32Array.from({ length: rowCount }, (_, row) => row % 3);
const previous = previousRows(nodes);
const every = Int32Array.from({ length: rowCount }, (_, row) => row);
/** Faults last for 40 rows of a node; the third is rare. */
const labels = every.map((row) => {
  const episode = Math.floor(row / 120);
  if (episode % 2 === 0) return 0;
  return episode === 7 || episode === 13 || episode === 19 ? 3 : 1 + (Math.floor(episode / 2) % 2);
});

function seenBy(part: Int32Array): Set<number> {
  return new Set(windowRows({ previous }, part, steps));
}

function expectApart(parts: readonly Int32Array[]): void {
  for (const [place, part] of parts.entries()) {
    const seen = seenBy(part);
    for (const other of parts.slice(place + 1)) expect([...seenBy(other)].filter((row) => seen.has(row))).toEqual([]);
  }
}

test("no row is seen by the windows of two parts", () => {
  const {
    training,
    validation,
    test: tested,
  } = seriesSplit(...[every, labels, 4, previous, steps], { validationShare: 0.15, testShare: 0.15 }, createRandom(1));
  expectApart([training, validation, tested]);
});

test("little is lost where parts meet, and every class is in every part, about by its shares", () => {
  for (const seed of [1, 2, 3]) {
    const shares = { validationShare: 0.15, testShare: 0.15 };
    const split = seriesSplit(every, labels, 4, previous, steps, shares, createRandom(seed));
    const rows = split.training.length + split.validation.length + split.test.length;
    expect(rows).toBeGreaterThan(0.8 * rowCount);
    expect(split.test.length / rows).toBeGreaterThan(0.08);
    expect(split.test.length / rows).toBeLessThan(0.25);
    for (const part of [split.training, split.validation, split.test]) {
      expect(new Set(part.map((row) => labels[row])).size).toBe(4);
    }
  }
});

test("folds are apart as well and hold all rows but those at their bounds", () => {
  const folds = seriesFolds(every, labels, 4, previous, steps, 5, createRandom(2));
  expectApart(folds);
  expect(folds).toHaveLength(5);
  for (const fold of folds) expect(fold.length).toBeGreaterThan(0.1 * rowCount);
});

test("the same seed parts in the same way", () => {
  const part = (seed: number) => seriesFolds(every, labels, 4, previous, steps, 3, createRandom(seed));
  expect(part(5)).toEqual(part(5));
  expect(part(5)).not.toEqual(part(6));
});
