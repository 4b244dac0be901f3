import { MlpSettings } from "@systemhealer/contract/training-settings";
import { startAttempt } from "@systemhealer/domain/attempts";
import { startRun } from "@systemhealer/domain/run";
import { FitError } from "@systemhealer/ml/learners/learner";
import { dynamoRunStore } from "@systemhealer/platform/dynamo-run-store";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { climb } from "../../../containers/trainer/src/climb.ts";
import { describeLearner, maxAttempts } from "../../../containers/trainer/src/ladder.ts";
import { type RunningTraining, UnwantedRunError } from "../../../containers/trainer/src/replace-run.ts";
import { ProgressRecorder } from "../../../containers/trainer/src/training-progress.ts";
import { at, settings, training, workspaceId } from "../../domain/fixtures/records.ts";
import { dynaliteTable } from "../../platform/fixtures/dynalite-table.ts";

const diverged = () => new FitError("did-not-converge", { learner: "mlp", epoch: 3 });

describe("the ladder of a training", () => {
  let close: () => Promise<void>;
  let ports: Parameters<typeof climb>[0];
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

  it("goes to a calmer, then to a smaller network, and keeps why each try failed", async () => {
    const begun = await begin();
    const tried: object[] = [];
    const trained = await climb(ports, begun, new ProgressRecorder(), async ({ learner }) => {
      if (!("hiddenUnits" in learner)) throw new Error("not a network");
      tried.push({ learningRate: learner.learningRate, hiddenUnits: learner.hiddenUnits });
      if (tried.length < maxAttempts) throw diverged();
      return "trained";
    });
    expect(trained).toBe("trained");
    const { learningRate, hiddenUnits } = MlpSettings.parse(settings.learner);
    expect(tried).toEqual([
      { learningRate, hiddenUnits },
      { learningRate: learningRate / 10, hiddenUnits },
      { learningRate: learningRate / 10, hiddenUnits: hiddenUnits.map((units) => Math.ceil(units / 2)) },
    ]);
    const failed = { outcome: "failed", failure: { code: "did-not-converge", parameters: { epoch: 3 } } };
    expect(await ports.runs.get(workspaceId, begun.runId)).toMatchObject({
      status: "running",
      attempts: [failed, failed, { number: 3, outcome: "running" }],
    });
  });

  it("ends with the last rung, and at once where another try would not help", async () => {
    let tries = 0;
    const endless = climb(ports, await begin(), new ProgressRecorder(), async () => {
      tries++;
      throw diverged();
    });
    await expect(endless).rejects.toBeInstanceOf(FitError);
    expect(tries).toBe(maxAttempts);
    const hopeless = climb(ports, await begin(), new ProgressRecorder(), async () => {
      tries++;
      throw new FitError("data-unusable", {});
    });
    await expect(hopeless).rejects.toMatchObject({ code: "data-unusable" });
    expect(tries).toBe(maxAttempts + 1);
  });

  it("is left when the run has ended meanwhile", async () => {
    const begun = await begin();
    await ports.runs.replace({ ...begun, version: begun.version + 1 });
    const left = climb(ports, begun, new ProgressRecorder(), async () => {
      throw diverged();
    });
    await expect(left).rejects.toBeInstanceOf(UnwantedRunError);
  });
});
