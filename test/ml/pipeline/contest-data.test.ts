import { createReadStream } from "node:fs";
import { describe, expect, it } from "vitest";
import { TrainingSettings } from "../../../packages/contract/src/training-settings.ts";
import { openModel } from "../../../packages/ml/src/diagnose/model.ts";
import { evaluateModel } from "../../../packages/ml/src/pipeline/evaluate.ts";
import { trainModel } from "../../../packages/ml/src/pipeline/train-model.ts";
import { readTable } from "../../../packages/ml/src/table/read-table.ts";
import { contestFile } from "../fixtures/contest-file.ts";

const file = contestFile("zte-a10/train.csv");

describe.skipIf(file === undefined)("on KPIs of a distributed database", () => {
  it("a short training learns its six faults, and its file answers as it did", async () => {
    const table = await readTable(createReadStream(file!));
    const settings = TrainingSettings.parse({
      learner: { learner: "mlp", hiddenUnits: [96], members: 2, bins: 32, epochs: 10 },
    });
    const { onnx, report } = await trainModel(table, settings, { trainingFileSha256: "0".repeat(64), threads: 2 });
    expect(report.test.macroF1).toBeGreaterThan(0.75);
    expect(report.check).toMatchObject({ rows: 1_000 });
    expect(report.check.maxDifference).toBeLessThanOrEqual(1e-5);
    expect(report.preparation.constantFeaturesDropped).toHaveLength(3);

    const model = await openModel(onnx);
    const evaluation = await evaluateModel(model, table);
    await model.close();
    expect(evaluation.rows).toBe(table.rowCount);
    expect(evaluation.macroF1).toBeGreaterThan(report.test.macroF1);
  });
});
