import { describe, expect, it } from "vitest";
import { fitConformal, predictionSet } from "../../../packages/ml/src/honesty/conformal.ts";
import { conformalCoverage, crossFittedCoverage } from "../../../packages/ml/src/honesty/conformal-coverage.ts";
import { createRandom } from "../../../packages/ml/src/random/random.ts";

/** Rows of three classes, the third one hard to tell; what the probabilities promise does not hold. */
function drawRows(rowCount: number, seed: number) {
  const random = createRandom(seed);
  const labels = new Int32Array(rowCount);
  const probabilities = new Float32Array(rowCount * 3);
  for (let row = 0; row < rowCount; row++) {
    labels[row] = random.below(3);
    const sure = labels[row] === 2 ? 0.4 : 0.7;
    const parts = [0, 1, 2].map((index) => random.uniform() + (index === labels[row] ? sure : 0));
    const sum = parts[0] + parts[1] + parts[2];
    probabilities.set(
      parts.map((part) => part / sum),
      row * 3,
    );
  }
  return { labels, probabilities };
}

describe("prediction sets", () => {
  it("take the corrected quantile of the actual classes' probabilities", () => {
    const probabilities = Float32Array.from(
      Array.from({ length: 19 }, (_, row) => (row + 1) / 20).flatMap((p) => [p, 1 - p]),
    );
    const labels = new Int32Array(19);
    // ⌊20 · 0.1⌋ = 2: the second smallest.
    expect(fitConformal(probabilities, labels, 2, 0.9).leastProbability[0]).toBeCloseTo(0.1, 6);
    expect(fitConformal(probabilities, labels, 2, 0.8).leastProbability[1]).toBeCloseTo(0.2, 6);
  });

  it("hold every class where there are too few rows to promise anything", () => {
    const { labels, probabilities } = drawRows(8, 1);
    const thresholds = fitConformal(probabilities, labels, 3, 0.9);
    expect(predictionSet(thresholds, Float32Array.of(1, 0, 0))).toEqual([0, 1, 2]);
    expect(fitConformal(new Float32Array(0), new Int32Array(0), 3, 0.9).leastProbability).toEqual([0, 0, 0]);
  });

  it.each([0.8, 0.9, 0.95])("hold the actual class as often as they promise: %d", (coverage) => {
    let covered = 0;
    const draws = 200;
    for (let draw = 0; draw < draws; draw++) {
      const fitted = drawRows(99, 100 + draw);
      const held = drawRows(200, 1_000 + draw);
      const thresholds = fitConformal(fitted.probabilities, fitted.labels, 3, coverage);
      covered += conformalCoverage(thresholds, held.probabilities, held.labels).covered / draws;
    }
    expect(covered).toBeGreaterThan(coverage - 0.01);
    expect(covered).toBeLessThan(coverage + 0.02);
  });

  it("of one class are right more often than all diagnoses, and are fewer", () => {
    const { labels, probabilities } = drawRows(4_000, 4);
    const found = crossFittedCoverage(probabilities, labels, 3, 0.9);
    expect(found.covered).toBeCloseTo(0.9, 1);
    expect(found.single).toBeLessThan(1);
    expect(found.singleAccuracy).toBeGreaterThan(0.75);
    expect(found.meanSetSize).toBeGreaterThan(1);
  });

  it("are judged on rows that their thresholds were not fitted to", () => {
    // Every fifth row is one fold, and there the actual class is less probable than in any other.
    const probabilities = Float32Array.from({ length: 100 }, (_, cell) => {
      const given = Math.floor(cell / 2) % 5 === 0 ? 0.2 : 0.8;
      return cell % 2 === 0 ? given : 1 - given;
    });
    const actual = new Int32Array(50);
    expect(crossFittedCoverage(probabilities, actual, 2, 0.9).covered).toBeCloseTo(0.8, 10);
    const inSample = fitConformal(probabilities, actual, 2, 0.9);
    expect(conformalCoverage(inSample, probabilities, actual).covered).toBe(1);
  });
});
