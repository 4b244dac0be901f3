import { describe, expect, it } from "vitest";
import { blendProbabilities } from "../../../../packages/ml/src/learners/blend/blend-probabilities.ts";
import { chooseBlend } from "../../../../packages/ml/src/learners/blend/choose-blend.ts";
import { logLoss } from "../../../../packages/ml/src/metrics/log-loss.ts";
import { createRandom, type Random } from "../../../../packages/ml/src/random/random.ts";
import { normal } from "../../fixtures/synthetic-table.ts";

const rowCount = 2_000;
const classCount = 3;

/** What a learner says who sees the class through noise of his own. */
function seen(labels: Int32Array, noise: number, random: Random): Float32Array {
  const probabilities = new Float32Array(labels.length * classCount);
  for (const [row, label] of labels.entries()) {
    const scores = Array.from({ length: classCount }, (_, index) => (index === label ? 1 : 0) + noise * normal(random));
    const raised = scores.map((score) => Math.exp((2 * score) / (noise * noise + 0.2)));
    const sum = raised.reduce((total, value) => total + value, 0);
    probabilities.set(
      raised.map((value) => value / sum),
      row * classCount,
    );
  }
  return probabilities;
}

describe("the weights of a blend", () => {
  const random = createRandom(1);
  const labels = Int32Array.from({ length: rowCount }, () => random.below(classCount));
  const good = seen(labels, 1, random);
  const alsoGood = seen(labels, 1.1, random);
  const noise = seen(
    labels.map(() => random.below(classCount)),
    1,
    random,
  );

  it("go to learners that err in different places, and none to one that guesses", async () => {
    const { weights, loss } = await chooseBlend([good, noise, alsoGood], labels, classCount);
    expect(weights.reduce((sum, weight) => sum + weight, 0)).toBeCloseTo(1, 12);
    expect(weights[0]).toBeGreaterThan(0.2);
    expect(weights[1]).toBe(0);
    expect(weights[2]).toBeGreaterThan(0.2);
    expect(loss).toBeLessThan(Math.min(logLoss(good, labels, classCount), logLoss(alsoGood, labels, classCount)));
  });

  it("tell of the loss that the blend has", async () => {
    const { weights, mean, loss } = await chooseBlend([good, alsoGood], labels, classCount);
    const blended = blendProbabilities([good, alsoGood], weights, classCount, mean);
    expect(logLoss(blended, labels, classCount)).toBeCloseTo(loss, 5);
  });

  it("are a learner's alone where nothing is better, the first of equals", async () => {
    expect((await chooseBlend([good, good], labels, classCount)).weights).toEqual([1, 0]);
    const { weights } = await chooseBlend([noise, good], labels, classCount);
    expect(weights[1]).toBeGreaterThan(0.9);
  });
});

it("a geometric mean is a distribution again, and one zero does not rule a class out", () => {
  const blended = blendProbabilities([Float32Array.of(1, 0, 0), Float32Array.of(0, 1, 0)], [0.5, 0.5], 3, "geometric");
  expect(blended[0]).toBeCloseTo(0.5, 3);
  expect(blended[0] + blended[1] + blended[2]).toBeCloseTo(1, 6);
});
