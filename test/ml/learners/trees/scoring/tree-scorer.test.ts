import { describe, expect, it } from "vitest";
import { openPredictor } from "../../../../../packages/ml/src/diagnose/predictor.ts";
import { TreeScorer } from "../../../../../packages/ml/src/learners/trees/scoring/tree-scorer.ts";
import { createRandom } from "../../../../../packages/ml/src/random/random.ts";
import { ensembleModel } from "../run-ensemble.ts";
import { type EnsembleShape, randomEnsemble, randomRows } from "./random-ensemble.ts";

const rowCount = 77;
const columnCount = 9;

const shapes: readonly [string, EnsembleShape][] = [
  ["single leaves", { trees: 5, leaves: 1, columns: 3, outputs: 2, valuesPerLeaf: 1 }],
  ["small trees", { trees: 60, leaves: 8, columns: 5, outputs: 3, valuesPerLeaf: 1 }],
  ["trees of 16 leaves", { trees: 60, leaves: 16, columns: 9, outputs: 6, valuesPerLeaf: 1 }],
  ["trees of 31 leaves", { trees: 60, leaves: 31, columns: 9, outputs: 2, valuesPerLeaf: 1 }],
  [
    "trees of up to 40 leaves, so that both ways alternate",
    { trees: 80, leaves: 40, columns: 9, outputs: 4, valuesPerLeaf: 1 },
  ],
  ["deep trees", { trees: 20, leaves: 300, columns: 9, outputs: 5, valuesPerLeaf: 1 }],
  ["leaves of several classes, or of none", { trees: 40, leaves: 60, columns: 9, outputs: 6, valuesPerLeaf: 6 }],
];

describe("scoring trees", () => {
  it.each(shapes)("gives onnxruntime's sums, bit by bit: %s", async (_, shape) => {
    for (let seed = 1; seed <= 4; seed++) {
      const random = createRandom(seed);
      const ensemble = randomEnsemble(shape, random);
      const values = randomRows(ensemble, rowCount, shape.columns, random);
      const bytes = ensembleModel(ensemble);
      const whole = await openPredictor(bytes, shape.columns, shape.outputs, { whole: true });
      const split = await openPredictor(bytes, shape.columns, shape.outputs);
      for (const rows of [rowCount, 17, 3, 1]) {
        expect(await split.predict(values, rows)).toEqual(await whole.predict(values, rows));
      }
      await whole.close();
      await split.close();
    }
  });

  it("scores several ensembles of other columns at once, only those that are asked, from any row on", () => {
    const random = createRandom(7);
    const two = [6, 2].map((columns) => {
      const ensemble = randomEnsemble({ trees: 30, leaves: 20, columns, outputs: 3, valuesPerLeaf: 1 }, random);
      return { ensemble, columns: Int32Array.from({ length: columns }, () => random.below(columnCount)) };
    });
    const values = randomRows(two[0].ensemble, rowCount, columnCount, random);
    const both = TreeScorer.open(two, columnCount)!.score(values, 5, 40);
    for (const [index, one] of two.entries()) {
      const [alone] = TreeScorer.open([one], columnCount)!.score(values, 5, 40);
      expect(both[index]).toEqual(alone);
    }
    const [first, second] = TreeScorer.open(two, columnCount)!.score(values, 5, 40, [false, true]);
    expect(first).toBeUndefined();
    expect(second).toEqual(both[1]);
    const [later] = TreeScorer.open(two, columnCount)!.score(values, 7, 2);
    expect(later).toEqual(both[0]?.slice(6, 12));
  });

  it("scores alike by trees that another thread has opened", () => {
    const random = createRandom(11);
    const ensemble = randomEnsemble({ trees: 20, leaves: 40, columns: 6, outputs: 2, valuesPerLeaf: 1 }, random);
    const own = TreeScorer.open(
      [{ ensemble, columns: Int32Array.from({ length: 6 }, (_, column) => column) }],
      columnCount,
    )!;
    const [values, others] = [rowCount, rowCount].map(() => randomRows(ensemble, rowCount, columnCount, random));
    const second = TreeScorer.share(own.shared, 1);
    const expected = own.score(values, 0, rowCount);
    second.score(others, 0, rowCount);
    expect(second.score(values, 0, rowCount)).toEqual(expected);
    expect(own.score(values, 0, rowCount)).toEqual(expected);
  });
});
