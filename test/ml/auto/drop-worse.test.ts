import { expect, it } from "vitest";
import { type Contender, createContender } from "../../../packages/ml/src/auto/contender.ts";
import { dropWorse } from "../../../packages/ml/src/auto/drop-worse.ts";
import type { LearnerSettings } from "../../../packages/ml/src/learners/registry.ts";

const linear: LearnerSettings = { learner: "linear", l2: 1, iterations: 10 };

/** @param folds macro-F1 and loss of each fold */
function contender(folds: readonly (readonly [number, number])[], learner: LearnerSettings = linear): Contender {
  const created = createContender({ learner });
  created.scores.push(...folds.map(([macroF1, loss]) => ({ macroF1, accuracy: macroF1, loss })));
  return created;
}

const statuses = (contenders: readonly Contender[]) => contenders.map(({ status }) => status);

it("what is far behind in macro-F1 and in loss is stopped, and told why", () => {
  const all = [contender([[0.9, 0.3]]), contender([[0.7, 0.6]])];
  dropWorse(all, 1);
  expect(statuses(all)).toEqual(["racing", "stopped-early"]);
  expect(all[1].reason).toBe("clearly-worse");
});

it("what is behind in one of them only goes on: it may still help a blend", () => {
  const all = [contender([[0.9, 0.3]]), contender([[0.7, 0.35]]), contender([[0.85, 0.9]])];
  dropWorse(all, 1);
  expect(statuses(all)).toEqual(["racing", "racing", "racing"]);
});

it("two folds tell more than one, and from three on nothing is stopped", () => {
  const twice = (macroF1: number, loss: number) => contender([0, 1].map(() => [macroF1, loss] as const));
  const all = [twice(0.9, 0.3), twice(0.84, 0.39)];
  dropWorse(all, 1);
  expect(statuses(all)).toEqual(["racing", "racing"]);
  dropWorse(all, 3);
  expect(statuses(all)).toEqual(["racing", "racing"]);
  dropWorse(all, 2);
  expect(statuses(all)).toEqual(["racing", "stopped-early"]);
});

it("the majority goes on as the baseline that it is, and what has failed is no measure", () => {
  const failed = contender([[0.99, 0.01]]);
  failed.status = "failed";
  const all = [contender([[0.9, 0.3]]), contender([[0.1, 2]], { learner: "majority" }), failed];
  dropWorse(all, 1);
  expect(statuses(all)).toEqual(["racing", "racing", "failed"]);
  const alone = [contender([[0.1, 2]]), failed];
  dropWorse(alone, 1);
  expect(statuses(alone)).toEqual(["racing", "failed"]);
});
