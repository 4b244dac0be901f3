import { expect, test } from "vitest";
import { Output } from "../../../cli/src/output.ts";
import { leaderboardTable } from "../../../cli/src/terminal/leaderboard-table.ts";

test("a learner that no fold was scored of has dashes for its scores, one that scored 0 has 0", () => {
  const settings = { learner: "majority" } as const;
  const entry = { learner: "majority", settings, seconds: 0, weight: 0 };
  const none = { macroF1: null, macroF1Spread: null, accuracy: null };
  const [, scored, never] = leaderboardTable(new Output({ json: false, language: "en" }), {
    entries: [
      { ...entry, macroF1: 0, macroF1Spread: 0, accuracy: 0, folds: 2, status: "scored" },
      { ...entry, ...none, folds: 0, status: "stopped-early", reason: "out-of-time" },
    ],
  }).split("\n");
  expect(scored).toMatch(/^majority +– +– +0\.0000 +0\.0000 +0\.0000 +2 /);
  expect(never).toMatch(/^majority +– +– +– +– +– +0 .*left out: not enough time/);
});
