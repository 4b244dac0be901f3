import type { DatasetView } from "@systemhealer/contract/dataset";
import type { RunView } from "@systemhealer/contract/run";
import { expect, test } from "vitest";
import {
  chainStates,
  diagnosisAfter,
  hasArrived,
  trainingRunOf,
} from "../../../../frontend/src/features/uploads/chain-steps.ts";

const file = (status: DatasetView["status"]) => ({ status }) as DatasetView;
const training = { kind: "training", status: "succeeded", result: { modelId: "mdl-2" } } as RunView;
const diagnosis = (datasetId: string, modelId: string, status: RunView["status"] = "running") =>
  ({ kind: "diagnosis", runId: `run-${datasetId}-${modelId}`, datasetId, modelId, status }) as RunView;

test("the steps follow each other", () => {
  const files = { diagnosisFile: file("ready"), trainingFile: file("validating") };
  expect(Object.values(chainStates({}))).toEqual(["in-progress", "in-progress", "pending", "pending"]);
  expect(Object.values(chainStates(files))).toEqual(["success", "in-progress", "pending", "pending"]);
  const ended = { ...files, trainingFile: file("ready"), train: training, diagnose: diagnosis("ds-1", "mdl-2") };
  expect(Object.values(chainStates(ended))).toEqual(["success", "success", "success", "in-progress"]);
});

test("a rejected file and a failed training are errors, and nothing follows", () => {
  expect(chainStates({ trainingFile: file("rejected") }).trainingFile).toBe("error");
  const failed = { kind: "training", status: "failed" } as RunView;
  const states = chainStates({ train: failed, diagnose: diagnosis("ds-1", "mdl-1") });
  expect([states.train, states.diagnose]).toEqual(["error", "pending"]);
});

test("the page may be closed once the bytes have arrived, checked or not", () => {
  expect(hasArrived(undefined) || hasArrived(file("uploading"))).toBe(false);
  expect(hasArrived(file("validating")) && hasArrived(file("rejected"))).toBe(true);
});

test("the training is known by the id of its file, the diagnosis by its file and the new model", () => {
  expect(trainingRunOf("ds-01ABC")).toBe("run-01ABC");
  const latest = [diagnosis("ds-9", "mdl-2"), diagnosis("ds-1", "mdl-1"), diagnosis("ds-1", "mdl-2")];
  expect(diagnosisAfter(training, "ds-1", latest)?.runId).toBe("run-ds-1-mdl-2");
  expect(diagnosisAfter(undefined, "ds-1", latest)).toBeUndefined();
});
