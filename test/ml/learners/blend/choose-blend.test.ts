import { describe, expect, it } from "vitest";
import { blendProbabilities } from "../../../../packages/ml/src/learners/blend/blend-probabilities.ts";
import { chooseBlend } from "../../../../packages/ml/src/learners/blend/choose-blend.ts";
import { equalShares } from "../../../../packages/ml/src/learners/blend/equal-shares.ts";
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

function choose(parts: Float32Array[], actual: Int32Array, families = parts.map((_, index) => `family ${index}`)) {
  return chooseBlend(parts, actual, classCount, { families, seed: 0 });
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
    const { weights, loss } = await choose([good, noise, alsoGood], labels);
    expect(weights.reduce((sum, weight) => sum + weight, 0)).toBeCloseTo(1, 12);
    expect(weights[0]).toBeGreaterThan(0.2);
    expect(weights[1]).toBe(0);
    expect(weights[2]).toBeGreaterThan(0.2);
    expect(loss).toBeLessThan(Math.min(logLoss(good, labels, classCount), logLoss(alsoGood, labels, classCount)));
  });

  it("tell of the loss that the blend has", async () => {
    const { weights, mean, loss } = await choose([good, alsoGood], labels);
    const blended = blendProbabilities([good, alsoGood], weights, classCount, mean);
    expect(logLoss(blended, labels, classCount)).toBeCloseTo(loss, 5);
  });

  it("are a learner's alone where the others only guess", async () => {
    expect((await choose([noise, good], labels)).weights[1]).toBeGreaterThan(0.9);
  });

  it("move away from equal shares only as far as the rows justify", async () => {
    const few = labels.subarray(0, 40);
    const head = [good, alsoGood].map((part) => part.subarray(0, 40 * classCount));
    const { weights } = await choose(head, few);
    for (const weight of weights) expect(Math.abs(weight - 0.5)).toBeLessThan(0.2);
  });

  it("of few rows are near equal even where one candidate is better on each draw of them", async () => {
    const few = labels.subarray(0, 40);
    const sharp = good.subarray(0, 40 * classCount);
    const blunt = sharp.map((probability) => 0.9 * probability + 0.1 / classCount);
    const { weights } = await choose([sharp, blunt], few);
    expect(Math.min(...weights)).toBeGreaterThan(0.3);
    const many = await choose([good, good.map((probability) => 0.9 * probability + 0.1 / classCount)], labels);
    expect(Math.max(...many.weights)).toBeGreaterThan(Math.max(...weights) + 0.2);
  });

  it("are shared by families, however many members one has, and are the same each time", async () => {
    const few = labels.subarray(0, 60);
    const parts = [good, good, good, alsoGood].map((part) => part.subarray(0, 60 * classCount));
    const families = ["trees", "trees", "trees", "network"];
    expect(equalShares(parts, families, few, classCount)).toEqual([1 / 6, 1 / 6, 1 / 6, 1 / 2]);
    expect(await choose(parts, few, families)).toEqual(await choose(parts, few, families));
  });

  it("leave no place in the shares to one that is clearly behind", () => {
    expect(equalShares([good, noise], ["a", "b"], labels, classCount)).toEqual([1, 0]);
  });
});

it("a geometric mean is a distribution again, and one zero does not rule a class out", () => {
  const blended = blendProbabilities([Float32Array.of(1, 0, 0), Float32Array.of(0, 1, 0)], [0.5, 0.5], 3, "geometric");
  expect(blended[0]).toBeCloseTo(0.5, 3);
  expect(blended[0] + blended[1] + blended[2]).toBeCloseTo(1, 6);
});
