import { createReadStream, existsSync } from "node:fs";
import { resolve } from "node:path";
import { describe, expect, it } from "vitest";
import { TrainingSettings } from "../../../packages/contract/src/training-settings.ts";
import { openModel } from "../../../packages/ml/src/diagnose/model.ts";
import { evaluateModel } from "../../../packages/ml/src/pipeline/evaluate.ts";
import { trainModel } from "../../../packages/ml/src/pipeline/train-model.ts";
import { readTable } from "../../../packages/ml/src/table/read-table.ts";

const folder = resolve(import.meta.dirname, "../../../../shared/data/zte-a10");
const present = existsSync(folder);
if (!present) console.log("The contest data is not here: its test is skipped.");

describe.skipIf(!present)("on KPIs of a distributed database", () => {
  it("a short training learns its six faults, and its file answers as it did", async () => {
    const table = await readTable(createReadStream(resolve(folder, "train.csv")));
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
