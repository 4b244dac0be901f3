import { ModelCard, Report } from "@systemhealer/contract/model-card";
import { TrainingSettings } from "@systemhealer/contract/training-settings";
import { describe, expect, test } from "vitest";
import { adaptModel } from "../../../../packages/ml/src/adapt/adapt-model.ts";
import { checkForeignModel } from "../../../../packages/ml/src/diagnose/check-foreign-model.ts";
import { diagnoseCsv, diagnoseShard } from "../../../../packages/ml/src/diagnose/diagnose-csv.ts";
import { openModel } from "../../../../packages/ml/src/diagnose/model.ts";
import { openExplainer } from "../../../../packages/ml/src/explain/open-explainer.ts";
import { crossValidate } from "../../../../packages/ml/src/pipeline/cross-validate.ts";
import { evaluateModel } from "../../../../packages/ml/src/pipeline/evaluate.ts";
import { gatherWindows } from "../../../../packages/ml/src/pipeline/predict-rows.ts";
import { type TrainedModel, trainModel } from "../../../../packages/ml/src/pipeline/train-model.ts";
import { readTable } from "../../../../packages/ml/src/table/read-table.ts";
import { byteChunks } from "../../table/byte-chunks.ts";
import { simulateSpikes, spikesCsv } from "../../window/simulated-spikes.ts";

const learners = {
  cnn: { learner: "cnn", channels: [16, 16], epochs: 15 },
  gru: { learner: "gru", units: 16, epochs: 12 },
  trees: { learner: "extra-trees", trees: 50 },
} as const;
const settingsOf = (name: keyof typeof learners) => TrainingSettings.parse({ learner: learners[name], map: "none" });
const trained = new Map<string, Promise<TrainedModel>>();
const { table: training } = simulateSpikes(450);

function train(name: keyof typeof learners): Promise<TrainedModel> {
  const known = trained.get(name) ?? trainModel(training, settingsOf(name), { trainingFileSha256: "0".repeat(64) });
  trained.set(name, known);
  return known;
}

describe.each(["cnn", "gru"] as const)("%s", (name) => {
  test("tells faults that no row shows by itself, which learners of single rows miss", {
    timeout: 60_000,
  }, async () => {
    const { report, card } = await train(name);
    const rowWise = (await train("trees")).report.test.macroF1;
    expect(report.test.macroF1).toBeGreaterThan(0.9);
    expect(rowWise).toBeLessThan(0.6);
    for (const baseline of report.baselines) expect(baseline.macroF1).toBeLessThan(0.7);
    expect(report.check.maxDifference).toBeLessThan(1e-5);
    expect(
      report.importance
        ?.map(({ name: kpi }) => kpi)
        .slice(0, 2)
        .sort(),
    ).toEqual(["cpu", "disk"]);
    expect(card.window).toEqual({ rows: 8, nodeColumn: "node", timeColumn: "time" });
    expect(ModelCard.parse(card)).toEqual(card);
    expect(() => Report.parse(report)).not.toThrow();
  });

  test("answers rows of a file as it does rows in memory, also in pieces and in shards", {
    timeout: 60_000,
  }, async () => {
    const { onnx } = await train(name);
    const later = simulateSpikes(120, 4, 9);
    const csv = spikesCsv(later);
    const model = await openModel(onnx);
    try {
      const table = await readTable(byteChunks(csv), { keepSeries: true });
      const evaluation = await evaluateModel(model, table);
      expect(evaluation.macroF1).toBeGreaterThan(0.85);
      const whole = await diagnose(csv, (onResults) => diagnoseCsv(byteChunks(csv), model, { onResults }));
      expect(whole.found.summary().evaluation?.macroF1).toBeCloseTo(evaluation.macroF1, 10);
      const options = { rowsPerBatch: 7, readInWorker: true };
      const pieces = await diagnose(csv, (onResults) =>
        diagnoseCsv(byteChunks(csv, 50), model, { onResults, ...options }),
      );
      expect(pieces.lines).toEqual(whole.lines);

      const [header, ...rows] = csv.trimEnd().split("\n");
      const cuts = [0, 190, 371, rows.length];
      const bytes = (shard: number) => byteChunks(`${rows.slice(cuts[shard], cuts[shard + 1]).join("\n")}\n`);
      const shards: string[] = [];
      for (const shard of [0, 1, 2]) {
        const origin = {
          ...{ columns: header.split(","), delimiter: "," as const, firstRow: cuts[shard] + 1 },
          ...(shard > 0 && { rowsBefore: bytes(shard - 1) }),
        };
        const { lines } = await diagnose(csv, (onResults) => diagnoseShard(bytes(shard), origin, model, { onResults }));
        shards.push(...lines);
      }
      expect(shards).toEqual(whole.lines.slice(1));
    } finally {
      await model.close();
    }
  });

  test("explains a row by the KPIs of its whole window", { timeout: 60_000 }, async () => {
    const { onnx } = await train(name);
    const model = await openModel(onnx);
    try {
      const { table } = simulateSpikes(60, 2, 5);
      const row = table.labels?.indexOf(2) ?? -1;
      const raw = { columnCount: 3, values: table.values, previous: table.series?.previous };
      const window = gatherWindows(raw, Int32Array.of(row), 8);
      const probabilities = await model.predict(window, 1);
      const [found] = await openExplainer(onnx, model).explain(window, probabilities, 1, { pairs: 8 });
      const total = found.kpis.reduce((sum, { contribution }) => sum + contribution, 0);
      expect(found.class).toBe("2");
      expect(total).toBeCloseTo(found.score - found.baseline, 5);
      expect(
        found.kpis
          .slice(0, 2)
          .map(({ name: kpi }) => kpi)
          .sort(),
      ).toEqual(["cpu", "disk"]);
      expect(found.kpis[0].value).toBe(table.values[3 * row + table.featureNames.indexOf(found.kpis[0].name)]);
    } finally {
      await model.close();
    }
  });

  test("gives the same model for the same seed", { timeout: 60_000 }, async () => {
    const settings = TrainingSettings.parse({ learner: { ...learners[name], epochs: 2 }, map: "none", seed: 3 });
    const { table } = simulateSpikes(120);
    const again = () => trainModel(table, settings, { trainingFileSha256: "", now: () => new Date(0) });
    const [one, other] = [await again(), await again()];
    expect(Buffer.compare(one.onnx, other.onnx)).toBe(0);
  });
});

test("a file of such a model may come from elsewhere; it cannot be adapted", { timeout: 60_000 }, async () => {
  const { onnx } = await train("gru");
  await (await checkForeignModel(onnx)).close();
  const { table } = simulateSpikes(30, 2, 2);
  await expect(adaptModel(onnx, table, {} as never)).rejects.toMatchObject({ code: "no-sample" });
});

test("cross-validation parts by blocks of time", { timeout: 60_000 }, async () => {
  const found = await crossValidate(simulateSpikes(200).table, settingsOf("cnn"), {
    folds: 3,
    budgetSeconds: 0,
    threads: 1,
  });
  expect(found.folds).toBe(3);
  expect(found.macroF1).toBeGreaterThan(0.8);
});

test("a table without node and time is one series in the order of the file", { timeout: 60_000 }, async () => {
  const { series: _, ...table } = simulateSpikes(300, 1).table;
  const { card, report } = await trainModel(table, settingsOf("cnn"), { trainingFileSha256: "" });
  expect(card.window).toEqual({ rows: 8 });
  expect(report.preparation.duplicateRowsDropped).toBe(0);
});

async function diagnose<T>(_: string, run: (onResults: (bytes: Uint8Array) => void) => Promise<T>) {
  const chunks: Uint8Array[] = [];
  const found = await run((bytes) => void chunks.push(bytes));
  return { found, lines: Buffer.concat(chunks).toString().trimEnd().split("\n") };
}
