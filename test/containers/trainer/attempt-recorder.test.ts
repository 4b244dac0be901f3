import { startAttempt } from "@systemhealer/domain/attempts";
import { startRun } from "@systemhealer/domain/run";
import { FitError } from "@systemhealer/ml/learners/learner";
import { climb } from "@systemhealer/ml/pipeline/climb";
import { describeLearner } from "@systemhealer/ml/pipeline/ladder";
import { dynamoRunStore } from "@systemhealer/platform/dynamo-run-store";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { attemptRecorder } from "../../../containers/trainer/src/attempt-recorder.ts";
import { type RunningTraining, UnwantedRunError } from "../../../containers/trainer/src/replace-run.ts";
import { ProgressRecorder } from "../../../containers/trainer/src/training-progress.ts";
import { at, settings, training, workspaceId } from "../../domain/fixtures/records.ts";
import { dynaliteTable } from "../../platform/fixtures/dynalite-table.ts";

const diverged = () => new FitError("did-not-converge", { learner: "mlp", epoch: 3 });

describe("the ladder of a training run", () => {
  let close: () => Promise<void>;
  let ports: Parameters<typeof attemptRecorder>[0];
  beforeAll(async () => {
    const opened = await dynaliteTable();
    ports = { runs: dynamoRunStore(opened.table), clock: () => new Date(at) };
    close = opened.close;
  });
  afterAll(() => close());

  async function begin(): Promise<RunningTraining> {
    const running = startRun(training(), at) as RunningTraining;
    const begun = startAttempt(running, describeLearner(settings), at);
    await ports.runs.create(begun);
    return begun;
  }

  it("keeps why each try failed and what was tried next", async () => {
    const begun = await begin();
    let tries = 0;
    const onNext = attemptRecorder(ports, begun, new ProgressRecorder());
    const tryOut = async () => {
      if (++tries < 4) throw diverged();
      return "trained";
    };
    expect((await climb(settings, tryOut, { onNext })).result).toBe("trained");
    const failed = { outcome: "failed", failure: { code: "did-not-converge", parameters: { epoch: 3 } } };
    expect(await ports.runs.get(workspaceId, begun.runId)).toMatchObject({
      status: "running",
      attempts: [failed, failed, failed, { number: 4, outcome: "running", learner: expect.stringContaining("gbdt") }],
    });
  });

  it("is left when the run has ended meanwhile", async () => {
    const begun = await begin();
    await ports.runs.replace({ ...begun, version: begun.version + 1 });
    const onNext = attemptRecorder(ports, begun, new ProgressRecorder());
    const left = climb(
      settings,
      async () => {
        throw diverged();
      },
      { onNext },
    );
    await expect(left).rejects.toBeInstanceOf(UnwantedRunError);
  });
});
