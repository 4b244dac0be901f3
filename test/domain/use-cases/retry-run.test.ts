import { defaultLimits } from "@systemhealer/contract/limits";
import { newRunId } from "@systemhealer/domain/ids";
import { retryRun } from "@systemhealer/domain/use-cases/retry-run";
import { startTraining } from "@systemhealer/domain/use-cases/start-training";
import { expect, it } from "vitest";
import { portsInTest } from "../fixtures/ports.ts";
import { at, readying, settings, training, workspaceId } from "../fixtures/records.ts";

it("a retry whose execution begins between two looks is found, and no second one is started", async () => {
  const { ports, services, close } = await portsInTest(() => new Date(at));
  try {
    const { announced, validating, ready } = readying();
    await ports.datasets.create(announced);
    await ports.datasets.replace(validating);
    await ports.datasets.replace(ready);
    const { datasetId } = ready;
    const ended = { ...training(datasetId), runId: newRunId() };
    const failure = { code: "internal" as const, parameters: {} };
    await ports.runs.create({ ...ended, status: "failed", endedAt: at, failure });
    const next = newRunId();
    await ports.runs.claimRetry(workspaceId, ended.runId, { next });
    const startFirst = async () => {
      const order = { workspaceId, runId: next, name: "first", datasetId, settings, retryOf: ended.runId };
      await startTraining(ports, { ...order, origin: "api", createdBy: "user" });
      services.executions.set(next, "RUNNING");
    };
    const workflows: typeof ports.workflows = {
      ...ports.workflows,
      async stateOfRun(kind, runId) {
        await startFirst();
        return ports.workflows.stateOfRun(kind, runId);
      },
    };
    const order = { workspaceId, runId: ended.runId, createdBy: "user" };
    expect(await retryRun({ ...ports, workflows }, order, defaultLimits)).toMatchObject({ runId: next });
    const { items } = await ports.runs.list(workspaceId, {}, { limit: 10 });
    expect(items.filter(({ retryOf }) => retryOf === ended.runId)).toHaveLength(1);
  } finally {
    await close();
  }
});
