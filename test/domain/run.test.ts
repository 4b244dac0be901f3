import { Run } from "@systemhealer/contract/run";
import { startAttempt } from "@systemhealer/domain/attempts";
import { ConflictError } from "@systemhealer/domain/errors";
import { newRunId } from "@systemhealer/domain/ids";
import {
  cancelRun,
  failRun,
  isActive,
  retryOf,
  runView,
  startRun,
  succeedDiagnosis,
  succeedTraining,
} from "@systemhealer/domain/run";
import { describe, expect, it } from "vitest";
import { at, diagnosis, later, model, profile, training } from "./fixtures/records.ts";

const failure = { code: "worker-lost" as const, parameters: {} };
const trained = { modelId: model().modelId, accuracy: 0.9, macroF1: 0.8 };
const diagnosed = { rows: 4, classes: profile.classes, meanConfidence: 0.7, artefacts: [] };

describe("a run", () => {
  it("goes from queued over running to one of its ends, one version at a time", () => {
    for (const queued of [training(), diagnosis()]) {
      const running = startRun(queued, later(1));
      const ends = [
        failRun(running, failure, later(2)),
        cancelRun(running, "user", later(2)),
        cancelRun(queued, "user", at),
      ];
      for (const run of [queued, running, ...ends]) expect(Run.parse(run)).toEqual(run);
      expect([queued, running, ends[0]!].map(({ version }) => version)).toEqual([1, 2, 3]);
      expect([queued, running, ...ends].map(isActive)).toEqual([true, true, false, false, false]);
      expect(failRun(queued, failure, at)).not.toHaveProperty("startedAt");
    }
    const succeeded = succeedTraining(startRun(training(), at), trained, later(2));
    expect(Run.parse(succeeded)).toEqual(succeeded);
    expect(succeeded.progress?.fraction).toBe(1);
    const other = succeedDiagnosis(startRun(diagnosis(), at), diagnosed, later(2));
    expect(Run.parse(other)).toEqual(other);
  });

  it("makes no other move", () => {
    const running = startRun(training(), at);
    const ended = failRun(running, failure, at);
    const illegal = [
      () => startRun(running, at),
      () => startRun(ended, at),
      () => failRun(ended, failure, at),
      () => cancelRun(ended, "user", at),
      () => succeedTraining(training(), trained, at),
      () => succeedTraining(ended, trained, at),
      () => succeedTraining(startRun(diagnosis(), at), trained, at),
      () => succeedDiagnosis(running, diagnosed, at),
      () => retryOf(running, { runId: newRunId(), createdBy: "user" }),
    ];
    for (const move of illegal) expect(move).toThrow(ConflictError);
  });

  it("ends its attempts with itself", () => {
    const running = startRun(training(), at);
    if (running.kind !== "training") throw new Error("no training");
    const tried = startAttempt(startAttempt(running, "first", at), "second", later(1), failure);
    expect(tried.attempts).toMatchObject([{ outcome: "failed", failure, endedAt: later(1) }, { outcome: "running" }]);
    expect(failRun(tried, failure, later(2))).toMatchObject({ attempts: [{}, { outcome: "failed", failure }] });
    expect(cancelRun(tried, "user", later(2))).toMatchObject({ attempts: [{}, { outcome: "failed" }] });
    expect(succeedTraining(tried, trained, later(2)).attempts[1]).toMatchObject({ outcome: "succeeded" });
  });

  it("is repeated as a new run with the same order", () => {
    const by = { runId: newRunId(), createdBy: "other" };
    const first = cancelRun(training(undefined, { origin: "drop" }), "user", at);
    const { datasetId, name, workspaceId } = first;
    expect(retryOf(first, by)).toMatchObject({ kind: "training", origin: "api", retryOf: first.runId, ...by });
    expect(retryOf(first, by)).toMatchObject({ datasetId, name, workspaceId });
    const second = failRun(diagnosis(), failure, at);
    expect(retryOf(second, by)).toMatchObject({ kind: "diagnosis", modelId: "modelId" in second && second.modelId });
  });

  it("keeps what a diagnosis was ordered to do to its end, and over a retry", () => {
    const choices = { explain: true, anomalyThreshold: 4.5 };
    const ended = failRun(startRun({ ...diagnosis(), ...choices }, later(1)), failure, later(2));
    expect(ended).toMatchObject(choices);
    expect(retryOf(ended, { runId: newRunId(), createdBy: "other" })).toMatchObject(choices);
  });

  it("shows its reader no workspace and no storage keys", () => {
    const artefact = {
      name: "results.csv",
      objectKey: "runs/x",
      contentType: "text/csv",
      sizeBytes: 1,
      sha256: "0".repeat(64),
    };
    const run = succeedDiagnosis(startRun(diagnosis(), at), { ...diagnosed, artefacts: [artefact] }, at);
    const text = JSON.stringify(runView(run));
    expect(text).not.toMatch(/objectKey|workspaceId/);
    expect(text).toMatch(/results\.csv/);
  });
});
