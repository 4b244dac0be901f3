import type { RunView } from "@systemhealer/contract/run";
import { TrainingSettings } from "@systemhealer/contract/training-settings";
import { expect, test } from "vitest";
import { runSteps } from "../../../../frontend/src/features/runs/run-steps.ts";
import { elapsedSeconds } from "../../../../frontend/src/features/runs/run-times.ts";

const at = (second: number) => new Date(Date.UTC(2026, 0, 1, 0, 0, second)).toISOString();
const common = {
  schema: "run.v1",
  kind: "training",
  runId: "run-01ARZ3NDEKTSV4RRFFQ69G5FAV",
  name: "run",
  origin: "api",
  datasetId: "ds-01ARZ3NDEKTSV4RRFFQ69G5FAV",
  version: 1,
  createdAt: at(0),
  createdBy: "someone",
  updatedAt: at(0),
  settings: TrainingSettings.parse({}),
} as const;
const progress = { stage: "fitting", fraction: 0.5, curve: [] } as const;
const running: RunView = {
  ...common,
  attempts: [],
  status: "running",
  startedAt: at(10),
  heartbeatAt: at(20),
  progress: { ...progress, curve: [] },
};
const failed: RunView = {
  ...common,
  attempts: [],
  status: "failed",
  startedAt: at(10),
  endedAt: at(40),
  progress: { ...progress, curve: [] },
  failure: { code: "internal", parameters: {} },
};
const statesOf = (run: RunView) => runSteps(run).map(({ stage, state }) => `${stage} ${state}`);

test("what lies before the present stage is done, what lies after it is to come", () => {
  expect(statesOf(running)).toEqual([
    "queued success",
    "reading success",
    "preparing success",
    "fitting in-progress",
    "evaluating pending",
    "checking pending",
    "registering pending",
    "done pending",
  ]);
});

test("a failed run shows the step at which it failed", () => {
  expect(statesOf(failed)).toContain("fitting error");
});

test("a waiting run has not begun, and no time has passed", () => {
  const queued: RunView = { ...common, attempts: [], status: "queued" };
  expect(new Set(runSteps(queued).map(({ state }) => state))).toEqual(new Set(["pending"]));
  expect(elapsedSeconds(queued, Date.parse(at(60)))).toBeUndefined();
});

test("time runs while the run does, and stands still after its end", () => {
  expect(elapsedSeconds(running, Date.parse(at(25)))).toBe(15);
  expect(elapsedSeconds(failed, Date.parse(at(500)))).toBe(30);
});
