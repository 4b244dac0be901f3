import { beforeAll, describe, expect, it } from "vitest";
import { TrainingSettings } from "../../../packages/contract/src/training-settings.ts";
import { type AdaptModelOptions, adaptModel } from "../../../packages/ml/src/adapt/adapt-model.ts";
import { AdaptationError } from "../../../packages/ml/src/adapt/adaptation-error.ts";
import { ColumnsDoNotMatchError } from "../../../packages/ml/src/diagnose/match-columns.ts";
import { openModel } from "../../../packages/ml/src/diagnose/model.ts";
import { mostProbable } from "../../../packages/ml/src/metrics/most-probable.ts";
import { evaluateModel } from "../../../packages/ml/src/pipeline/evaluate.ts";
import { trainModel } from "../../../packages/ml/src/pipeline/train-model.ts";
import type { Table } from "../../../packages/ml/src/table/table.ts";
import { classNames, environment, withoutLabels } from "./fixtures/two-environments.ts";

const sha256 = "1".repeat(64);
let parent: Uint8Array;
let target: Table;

beforeAll(async () => {
  parent = await train();
  target = environment({ rows: 240, seed: 2, shifted: true });
}, 300_000);

async function train(settings: object = {}): Promise<Uint8Array> {
  const all = TrainingSettings.parse({ learner: { learner: "extra-trees", trees: 30 }, map: "none", ...settings });
  const options = { trainingFileSha256: "0".repeat(64), threads: 2 };
  return (await trainModel(environment({ rows: 500, seed: 1 }), all, options)).onnx;
}

function adapt(table: Table, options: Partial<AdaptModelOptions> = {}, model = parent) {
  return adaptModel(model, withoutLabels(table), { targetFileSha256: sha256, threads: 2, ...options });
}

function accuracyOf(probabilities: Float32Array, { labels }: Table): number {
  const diagnoses = mostProbable(probabilities, classNames.length);
  return diagnoses.filter((diagnosis, row) => diagnosis === labels?.[row]).length / diagnoses.length;
}

async function scores(onnx: Uint8Array, table: Table): Promise<number> {
  const model = await openModel(onnx);
  try {
    return (await evaluateModel(model, table)).accuracy;
  } finally {
    await model.close();
  }
}

// Several learners are fitted each time: on a busy machine that takes its time.
describe("a model in another environment", { timeout: 300_000 }, () => {
  it("diagnoses its rows, and further ones, far better once adapted, and says how sure it is", async () => {
    const fractions: number[] = [];
    const adapted = await adapt(target, {
      onProgress: (fraction) => {
        fractions.push(fraction);
      },
    });
    const { statement, card, onnx, check } = adapted;
    const further = environment({ rows: 400, seed: 3, shifted: true });
    expect(await scores(parent, target)).toBeLessThan(0.6);
    expect(accuracyOf(adapted.probabilities, target)).toBeGreaterThan(0.9);
    expect(await scores(onnx, further)).toBeGreaterThan(0.85);
    expect(statement).toMatchObject({ schema: "adaptation.v1", rows: 240, labelledRows: 0, verdict: "reliable" });
    const { low = 0, high = 0 } = statement.expectedAccuracy ?? {};
    expect(accuracyOf(adapted.probabilities, target)).toBeGreaterThanOrEqual(low);
    expect(accuracyOf(adapted.probabilities, target)).toBeLessThanOrEqual(high);
    expect(check?.maxDifference).toBeLessThanOrEqual(1e-5);
    expect(card).toMatchObject({
      trainingFileSha256: sha256,
      adaptedFrom: { trainingFileSha256: "0".repeat(64), rows: 240, labelledRows: 0 },
    });
    expect(fractions.at(-1)).toBe(1);
    expect(fractions).toEqual([...fractions].sort((a, b) => a - b));

    const model = await openModel(onnx);
    expect(model.card).toEqual(card);
    expect(model.reference?.kpis.columns).toHaveLength(target.featureNames.length);
    await model.close();
    const again = await adapt(environment({ rows: 200, seed: 4, shifted: true }), {}, onnx);
    expect(again.statement.verdict).toBe("unchanged");
  });

  it("comes to the same twice", async () => {
    const rows = environment({ rows: 60, seed: 5, shifted: true });
    const options = { threads: 1, seed: 3, now: () => new Date(0) };
    const [one, two] = await Promise.all([adapt(rows, options), adapt(rows, { ...options, threads: 2 })]);
    expect(two.probabilities).toEqual(one.probabilities);
    expect(Buffer.compare(one.onnx, two.onnx)).toBe(0);
  });

  it("takes a few labelled rows into account, those of the file and others, and passes unknown classes over", async () => {
    const rows = environment({ rows: 120, seed: 6, shifted: true });
    const width = rows.featureNames.length;
    const few: Table = {
      ...environment({ rows: 12, seed: 7, shifted: true }),
      classes: ["cpu", "disk", "never seen", "normal"],
    };
    few.values.set(rows.values.subarray(0, 3 * width));
    few.labels?.set([...(rows.labels?.subarray(0, 3) ?? [])]);
    const unknown = few.labels?.filter((label) => label === 2).length ?? 0;
    const { statement, labelledRows, probabilities } = await adapt(rows, { labelled: few });
    expect(statement.ignoredLabelledRows).toBe(unknown);
    expect(statement.labelledRows).toBe(12 - unknown);
    // Known or not, nobody would score them.
    expect([...labelledRows]).toEqual([0, 1, 2]);
    expect(probabilities).toHaveLength(120 * classNames.length);
    const diagnoses = mostProbable(probabilities, classNames.length);
    for (const row of labelledRows) if (few.labels?.[row] !== 2) expect(diagnoses[row]).toBe(rows.labels?.[row]);
  });
});

describe("what cannot or need not be adapted to", { timeout: 300_000 }, () => {
  it("a file of the training's own environment leaves the model as it is", async () => {
    const same = environment({ rows: 200, seed: 8 });
    const { onnx, statement, probabilities } = await adapt(same);
    expect(onnx).toBe(parent);
    expect(statement).toMatchObject({ verdict: "unchanged", expectedAccuracy: null });
    expect(accuracyOf(probabilities, same)).toBe(await scores(parent, same));
  });

  it("ten rows are too few", async () => {
    const error = await adapt(environment({ rows: 10, seed: 9, shifted: true })).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(AdaptationError);
    expect(error).toMatchObject({ code: "too-few-rows", parameters: { rows: 10, least: 30 } });
  });

  it("a file of gaps, or of one value in each column, has nothing to adapt to", async () => {
    const rows = environment({ rows: 60, seed: 10 });
    for (const value of [Number.NaN, 4]) {
      const flat = { ...rows, values: new Float32Array(rows.values.length).fill(value) };
      await expect(adapt(flat)).rejects.toMatchObject({ name: "AdaptationError", code: "no-usable-columns" });
    }
  });

  it("other columns than the model's are refused", async () => {
    const rows = environment({ rows: 60, seed: 11 });
    const other = { ...rows, featureNames: rows.featureNames.map((name) => `other ${name}`) };
    await expect(adapt(other)).rejects.toBeInstanceOf(ColumnsDoNotMatchError);
  });

  it("a model that keeps no training rows says so", async () => {
    const model = await train({ keepSample: false });
    await expect(adapt(target, {}, model)).rejects.toMatchObject({ code: "no-sample" });
  });

  it("ends when it is told to", async () => {
    const reason = new Error("stop");
    const controller = new AbortController();
    const running = adapt(target, { signal: controller.signal, onProgress: () => controller.abort(reason) });
    await expect(running).rejects.toBe(reason);
  });
});

describe("an awkward file", { timeout: 300_000 }, () => {
  it("with columns missing, constant, all gaps and many gaps is adapted to all the same", async () => {
    const rows = environment({ rows: 150, seed: 12, shifted: true, gaps: 0.25 });
    const width = rows.featureNames.length;
    for (let row = 0; row < rows.rowCount; row++) {
      rows.values[row * width] = Number.NaN;
      rows.values[row * width + 1] = 4;
    }
    const names = rows.featureNames.map((name) => (name === "kpi2" ? "something else" : name));
    const { statement, probabilities } = await adapt({ ...rows, featureNames: names });
    expect(probabilities.every((probability) => probability >= 0 && probability <= 1)).toBe(true);
    expect(accuracyOf(probabilities, rows)).toBeGreaterThan(0.55);
    expect(statement.kpis).toBeLessThanOrEqual(width - 3);
  });

  it("with one class only leaves the model as it is, and says why", async () => {
    const rows = environment({ rows: 120, seed: 13, shifted: true, only: 1 });
    const { onnx, statement, probabilities, check } = await adapt(rows);
    expect(onnx).toBe(parent);
    expect(check).toBeUndefined();
    expect(statement).toMatchObject({ verdict: "few-states", expectedAccuracy: null, fittedRows: 0, rows: 120 });
    expect(accuracyOf(probabilities, rows)).toBe(await scores(parent, rows));
  });

  it("with one class only, some rows of it labelled, is adapted to and told to be doubtful", async () => {
    const rows = environment({ rows: 120, seed: 14, shifted: true, only: 1 });
    const { onnx, statement, labelledRows } = await adapt(rows, {
      labelled: environment({ rows: 5, seed: 15, shifted: true, only: 1 }),
    });
    expect(onnx).not.toBe(parent);
    expect(statement).toMatchObject({ verdict: "doubtful", labelledRows: 5 });
    expect(labelledRows).toHaveLength(0);
  });
});
