import { Standing } from "@systemhealer/contract/leaderboard";
import { expect, test } from "vitest";
import { standingState } from "../../../../frontend/src/features/runs/standing-state.ts";
import { en } from "../../../../frontend/src/i18n/en.ts";

const statuses = Standing.shape.status.options;

test("no learner of a run that has ended is learning, waiting or in the race", () => {
  expect(statuses.map((status) => standingState(status, true))).toEqual([
    "unreached",
    "interrupted",
    "compared",
    "stopped-early",
    "failed",
  ]);
});

test("while the run goes on each stands as it is said, and every state has words", () => {
  expect(statuses.map((status) => standingState(status, false))).toEqual(statuses);
  const states = statuses.flatMap((status) => [standingState(status, false), standingState(status, true)]);
  expect(Object.keys(en.runs.standing)).toEqual(expect.arrayContaining(states));
});
