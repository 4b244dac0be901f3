import { setTimeout as sleep } from "node:timers/promises";
import { describe, expect, it } from "vitest";
import {
  TrainingSettings as ContractSettings,
  type TrainingSettingsInput,
} from "../../../packages/contract/src/training-settings.ts";
import { FitError } from "../../../packages/ml/src/learners/learner.ts";
import { climb } from "../../../packages/ml/src/pipeline/climb.ts";
import { trainWithLadder } from "../../../packages/ml/src/pipeline/train-with-ladder.ts";
import type { TrainingSettings } from "../../../packages/ml/src/pipeline/training-settings.ts";
import { syntheticTable } from "../fixtures/synthetic-table.ts";

const order = (learner: TrainingSettingsInput["learner"]): TrainingSettings => ContractSettings.parse({ learner });
const failing = (code: FitError["code"]) => new FitError(code, {});

/** Learners that are tried where each fails for the same reason. */
async function tried(learner: TrainingSettingsInput["learner"], code: FitError["code"]): Promise<string[]> {
  const seen: string[] = [];
  const climbing = climb(order(learner), async (settings) => {
    seen.push(settings.learner.learner);
    throw failing(code);
  });
  await expect(climbing).rejects.toMatchObject({ code });
  return seen;
}

describe("the ladder", () => {
  it("tries a network more calmly, then a smaller one, then other learners", async () => {
    expect(await tried({ learner: "mlp" }, "did-not-converge")).toEqual([
      "mlp",
      "mlp",
      "mlp",
      "gbdt",
      "extra-trees",
      "linear",
    ]);
  });

  it("takes what is too much for the memory or the time down at once", async () => {
    for (const code of ["out-of-memory", "out-of-time"] as const) {
      expect(await tried({ learner: "mlp" }, code)).toEqual(["mlp", "mlp", "gbdt", "extra-trees", "linear"]);
      expect(await tried({ learner: "gbdt" }, code)).toEqual(["gbdt", "gbdt", "extra-trees", "linear"]);
      expect(await tried({ learner: "auto" }, code)).toEqual(["auto", "gbdt", "extra-trees", "linear"]);
    }
  });

  it("goes on after what has failed, and no further than needed", async () => {
    const rates: number[] = [];
    const { result, attempts } = await climb(order({ learner: "mlp", hiddenUnits: [10] }), async ({ learner }) => {
      if (!("hiddenUnits" in learner)) throw new Error("not a network");
      rates.push(learner.learningRate);
      if (rates.length === 1) throw failing("did-not-converge");
      return learner.hiddenUnits;
    });
    expect(result).toEqual([10]);
    expect(rates[1]).toBeCloseTo(rates[0] / 10, 10);
    expect(attempts).toMatchObject([
      { number: 1, outcome: "failed", failure: { code: "did-not-converge" } },
      { number: 2, outcome: "succeeded" },
    ]);
  });

  it("ends at once where another try would not help", async () => {
    expect(await tried({ learner: "mlp" }, "data-unusable")).toEqual(["mlp"]);
    const broken = climb(order({ learner: "mlp" }), async () => {
      throw new TypeError("a mistake of ours");
    });
    await expect(broken).rejects.toBeInstanceOf(TypeError);
  });

  it("counts a memory that the engine refuses as one too small", async () => {
    const seen: string[] = [];
    const climbing = climb(order({ learner: "random-forest" }), async ({ learner }) => {
      seen.push(learner.learner);
      return learner.learner === "linear" ? 0 : new Float64Array(2 ** 53);
    });
    expect((await climbing).result).toBe(0);
    expect(seen).toEqual(["random-forest", "random-forest", "gbdt", "extra-trees", "linear"]);
  });

  it("ends a try that takes longer than it may", async () => {
    const { result, attempts } = await climb(
      order({ learner: "extra-trees" }),
      async (settings, signal) => {
        if (settings.learner.learner === "extra-trees") await sleep(60_000, undefined, { signal });
        return settings.learner.learner;
      },
      { attemptSeconds: 0.05 },
    ).catch((error: unknown) => ({ result: error, attempts: [] }));
    expect(result).toBe("gbdt");
    expect(attempts.slice(0, 2)).toMatchObject([
      { failure: { code: "out-of-time", parameters: { seconds: 0.05 } } },
      { failure: { code: "out-of-time" } },
    ]);
  });

  it("stops with the signal's reason and tries nothing else", async () => {
    const stop = new AbortController();
    const reason = new Error("cancelled");
    let tries = 0;
    const climbing = climb(
      order({ learner: "mlp" }),
      async () => {
        tries++;
        stop.abort(reason);
        throw failing("did-not-converge");
      },
      { signal: stop.signal },
    );
    await expect(climbing).rejects.toBe(reason);
    expect(tries).toBe(1);
  });
});

it("a training that takes too long still ends in a model, whose report tells of every try", async () => {
  const table = syntheticTable({ rowsPerClass: [40, 40], columns: 3 });
  const endless = { learner: "mlp" as const, hiddenUnits: [1_024, 1_024], epochs: 5_000, patience: 5_000 };
  const next: string[] = [];
  const { report, card } = await trainWithLadder(table, order(endless), {
    trainingFileSha256: "0".repeat(64),
    attemptSeconds: 4,
    onNext: ({ learner }) => {
      next.push(learner.learner);
    },
  });
  expect(next.slice(0, 2)).toEqual(["mlp", "gbdt"]);
  expect(report.attempts).toHaveLength(next.length + 1);
  expect(report.attempts?.[0]).toMatchObject({ outcome: "failed", failure: { code: "out-of-time" } });
  expect(card.learner).toBe(next.at(-1));
  expect(report.check.maxDifference).toBeLessThanOrEqual(1e-5);
});
