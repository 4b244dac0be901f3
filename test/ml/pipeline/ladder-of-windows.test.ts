import { TrainingSettings } from "@systemhealer/contract/training-settings";
import { expect, test } from "vitest";
import { FitError } from "../../../packages/ml/src/learners/learner.ts";
import { describeLearner, ladder, nextRung } from "../../../packages/ml/src/pipeline/ladder.ts";

test.each(["cnn", "gru"] as const)(
  "%s is tried in smaller steps, then with half a window, then by trees",
  (learner) => {
    const order = TrainingSettings.parse({ learner: { learner, window: 12 } });
    const rungs = ladder(order);
    expect(rungs.map(({ kind }) => kind)).toEqual(["ordered", "calmer", "smaller", "other", "other", "other"]);
    const names = rungs.map(({ settings }) => describeLearner(settings));
    expect(names[1]).toMatch(/window 12, learning rate 0\.0004$/);
    expect(names[2]).toMatch(/window 6, learning rate 0\.0004$/);
    expect(names[3]).toContain("gbdt");
    expect(nextRung(rungs, 0, new FitError("did-not-converge", {}))).toBe(1);
    expect(nextRung(rungs, 0, new FitError("out-of-memory", {}))).toBe(2);
    for (const { settings } of rungs.slice(0, 3)) expect(() => TrainingSettings.parse(settings)).not.toThrow();
  },
);
