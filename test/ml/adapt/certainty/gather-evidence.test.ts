import { describe, expect, it } from "vitest";
import { gatherEvidence } from "../../../../packages/ml/src/adapt/certainty/gather-evidence.ts";
import { FitPool } from "../../../../packages/ml/src/adapt/fit/fit-pool.ts";
import type { SourceRows } from "../../../../packages/ml/src/adapt/task.ts";
import type { Table } from "../../../../packages/ml/src/table/table.ts";
import { classNames, environment } from "../fixtures/two-environments.ts";

const classCount = classNames.length;

async function evidenceOf(training: Table, target: Table, labels: Int32Array) {
  const source: SourceRows = {
    rowCount: training.rowCount,
    columns: columnsOf(training),
    labels: training.labels ?? new Int32Array(0),
    weights: new Float32Array(training.rowCount).fill(1),
    classCount,
    classShares: new Float64Array(classCount).fill(1 / classCount),
  };
  const posterior = new Float64Array(target.rowCount * classCount);
  for (const [row, label] of labels.entries()) posterior[row * classCount + label] = 1;
  const view = { name: "raw", source: source.columns, target: columnsOf(target) };
  const pool = new FitPool(1);
  return gatherEvidence(view, source, posterior, { seed: 0, pool }).finally(() => pool.close());
}

function columnsOf({ featureNames, rowCount, values }: Table): Float32Array[] {
  return featureNames.map((_, column) =>
    Float32Array.from({ length: rowCount }, (_, row) => values[row * featureNames.length + column]),
  );
}

describe("evidence for an adaptation", () => {
  const training = environment({ rows: 240, seed: 21 });
  const target = environment({ rows: 160, seed: 22 });
  const truth = target.labels ?? new Int32Array(0);

  it("is strong where the environments are alike and the diagnoses right", async () => {
    const { told, repeated, returned } = await evidenceOf(training, target, truth);
    for (const share of [told, repeated, returned]) expect(share).toBeGreaterThan(0.85);
  });

  it("nothing comes back from diagnoses that are made up", async () => {
    const { told, returned } = await evidenceOf(
      training,
      target,
      truth.map((_, row) => row % classCount),
    );
    expect(told).toBeGreaterThan(0.85);
    expect(returned).toBeLessThan(0.6);
  });

  it("two halves do not say the same of rows that are like none of theirs", async () => {
    const elsewhere = environment({ rows: 160, seed: 22, shifted: true });
    const near = await evidenceOf(training, target, truth);
    const far = await evidenceOf(training, elsewhere, truth);
    expect(far.repeated).toBeLessThan(near.repeated);
  });
});
