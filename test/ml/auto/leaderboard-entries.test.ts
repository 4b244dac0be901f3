import { LeaderboardEntry } from "@systemhealer/contract/leaderboard";
import { expect, it } from "vitest";
import { z } from "zod";
import { type Contender, createContender } from "../../../packages/ml/src/auto/contender.ts";
import { entriesOf } from "../../../packages/ml/src/auto/leaderboard-entries.ts";

const settings = { selection: "auto", classWeights: "auto" } as const;

function contender(l2: number, status: Contender["status"], macroF1s: readonly number[]): Contender {
  const created = createContender({ learner: { learner: "linear", l2, iterations: 10 } });
  created.scores.push(...macroF1s.map((macroF1) => ({ macroF1, accuracy: macroF1 / 2, loss: 1 })));
  return Object.assign(created, { status });
}

it("those that were scored stand first, the best first, then those that were stopped, failed or never tried", () => {
  const failed = contender(1, "failed", [0.99]);
  const stopped = contender(2, "stopped-early", [0.95]);
  const second = contender(3, "scored", [0.5, 0.7]);
  const best = contender(4, "scored", [0.8, 0.9]);
  failed.reason = "did-not-converge";
  const never = { learner: { learner: "linear", l2: 5, iterations: 10 } } as const;
  const entries = entriesOf(
    { contenders: [failed, stopped, second, best], folds: [] },
    { rows: 10, folds: 2, candidates: [], leftOut: [never] },
    [second, best],
    [0.25, 0.75],
    settings,
  );
  expect(entries.map((entry) => (entry.settings as { l2: number }).l2)).toEqual([4, 3, 2, 1, 5]);
  expect(entries.map(({ weight }) => weight)).toEqual([0.75, 0.25, 0, 0, 0]);
  expect(entries.map(({ folds }) => folds)).toEqual([2, 2, 1, 1, 0]);
  expect(entries[1]).toMatchObject({ macroF1: 0.6, accuracy: 0.3 });
  expect(entries[1].macroF1Spread).toBeCloseTo(0.1, 12);
  expect(entries[3]).toMatchObject({ status: "failed", reason: "did-not-converge" });
  expect(entries[4]).toMatchObject({ status: "stopped-early", reason: "out-of-time", seconds: 0 });
});

it("those that no fold was scored of have no score, and stand behind all that have one", () => {
  const unscored = { macroF1: null, macroF1Spread: null, accuracy: null, folds: 0, weight: 0 };
  const late = contender(1, "stopped-early", []);
  const failed = contender(2, "failed", []);
  const failedLater = contender(3, "failed", [0.1]);
  const scored = contender(4, "scored", [0]);
  const never = { learner: { learner: "linear", l2: 5, iterations: 10 } } as const;
  const entries = entriesOf(
    { contenders: [late, failed, failedLater, scored], folds: [] },
    { rows: 10, folds: 1, candidates: [], leftOut: [never] },
    [scored],
    [1],
    settings,
  );
  expect(entries.map((entry) => (entry.settings as { l2: number }).l2)).toEqual([4, 3, 1, 2, 5]);
  expect(entries[0]).toMatchObject({ macroF1: 0, macroF1Spread: 0, accuracy: 0, folds: 1 });
  for (const entry of entries.slice(2)) expect(entry).toMatchObject(unscored);
  expect(z.array(LeaderboardEntry).parse(entries)).toEqual(entries);
});
