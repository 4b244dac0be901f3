import { describe, expect, it } from "vitest";
import { TrainingSettings, type TrainingSettingsInput } from "../../../packages/contract/src/training-settings.ts";
import { featuresInput, probabilitiesOutput } from "../../../packages/ml/src/diagnose/graph-names.ts";
import { openModel } from "../../../packages/ml/src/diagnose/model.ts";
import { openPredictor } from "../../../packages/ml/src/diagnose/predictor.ts";
import { splitModel } from "../../../packages/ml/src/diagnose/split-model.ts";
import { blendPipelines } from "../../../packages/ml/src/learners/blend/blend-pipelines.ts";
import { addEnsemble } from "../../../packages/ml/src/learners/trees/ensemble-nodes.ts";
import { mostProbable } from "../../../packages/ml/src/metrics/most-probable.ts";
import { encodeModel } from "../../../packages/ml/src/onnx/encode-model.ts";
import { GraphBuilder } from "../../../packages/ml/src/onnx/graph-builder.ts";
import { modelProto } from "../../../packages/ml/src/onnx/schema.ts";
import { fitPipeline } from "../../../packages/ml/src/pipeline/fit-pipeline.ts";
import { trainModel } from "../../../packages/ml/src/pipeline/train-model.ts";
import { modelGraph, writeModel } from "../../../packages/ml/src/pipeline/write-model.ts";
import { createRandom } from "../../../packages/ml/src/random/random.ts";
import { syntheticTable } from "../fixtures/synthetic-table.ts";
import { ensembleModel } from "../learners/trees/run-ensemble.ts";
import { randomEnsemble, randomRows } from "../learners/trees/scoring/random-ensemble.ts";

const columns = 7;
const classCount = 4;
const table = syntheticTable({ rowsPerClass: [40, 35, 30, 25], columns, gapShare: 0.08, distance: 1 });
/** Rows of the table, some as no table has them. */
const rows = 70;
const values = table.values.slice(0, rows * columns);
values.fill(Number.NaN, 0, columns);
values.fill(3e38, columns, 2 * columns);
values.fill(-3e38, 2 * columns, 3 * columns);

const learners: readonly [string, TrainingSettingsInput["learner"], number][] = [
  ["gbdt", { learner: "gbdt", rounds: 30 }, 2],
  ["gbdt of large trees", { learner: "gbdt", rounds: 10, leaves: 60 }, 2],
  ["random forest", { learner: "random-forest", trees: 30 }, 2],
  ["extra trees", { learner: "extra-trees", trees: 30 }, 2],
  ["network, whose novelty has trees", { learner: "mlp", epochs: 4 }, 1],
  ["network of the origin", { learner: "origin-mlp", epochs: 4 }, 1],
  ["linear", { learner: "linear" }, 1],
];

async function blendOf(
  learnersOf: readonly NonNullable<TrainingSettingsInput["learner"]>[],
  mean: "arithmetic" | "geometric",
): Promise<Uint8Array> {
  const { labels, classes = [] } = table;
  const raw = { columnCount: columns, values: table.values };
  const all = Int32Array.from({ length: table.rowCount }, (_, row) => row);
  const members = [];
  for (const learner of learnersOf) {
    const settings = TrainingSettings.parse({ learner }) as Parameters<typeof fitPipeline>[4] & {
      learner: Parameters<typeof fitPipeline>[3];
    };
    const rowsOf = { raw, labels: labels!, classCount: classes.length };
    const options = { seed: 1, threads: 1 };
    const { pipeline } = await fitPipeline(rowsOf, all, new Int32Array(0), settings.learner, settings, options);
    members.push({ pipeline, weight: 1 / learnersOf.length });
  }
  return writeModel(modelGraph(blendPipelines(members, mean)), {});
}

describe("a model that is split", () => {
  it.each(learners)("answers as onnxruntime alone does: %s", async (_, learner, ensembles) => {
    const settings = TrainingSettings.parse({ learner, map: "none" });
    const { onnx } = await trainModel(table, settings, { trainingFileSha256: "0".repeat(64) });
    expect(splitModel(onnx, columns)!.treeOutputs.length).toBeGreaterThanOrEqual(ensembles);
    const [whole, split] = await Promise.all([openModel(onnx, { whole: true }), openModel(onnx)]);
    const novelty = { whole: new Float32Array(rows), split: new Float32Array(rows) };
    const expected = await whole.predict(values, rows, novelty.whole);
    const found = await split.predict(values, rows, novelty.split);
    const without = await split.predict(values, rows);
    expect(mostProbable(found, 4)).toEqual(mostProbable(expected, 4));
    for (const [cell, probability] of expected.entries()) {
      expect(Math.abs(found[cell] - probability)).toBeLessThanOrEqual(1e-6);
      expect(Math.abs(without[cell] - probability)).toBeLessThanOrEqual(1e-6);
    }
    for (const [row, score] of novelty.whole.entries()) {
      expect(Math.abs(novelty.split[row] - score)).toBeLessThanOrEqual(1e-5 * Math.max(1, Math.abs(score)));
    }
    const one = await split.predict(values.subarray(5 * columns), 1);
    for (const [index, probability] of one.entries()) {
      expect(Math.abs(probability - expected[5 * 4 + index])).toBeLessThanOrEqual(1e-6);
    }
    await Promise.all([whole.close(), split.close()]);
  });

  it.each(["arithmetic", "geometric"] as const)("answers as onnxruntime alone does: blend, %s mean", async (mean) => {
    const bytes = await blendOf(
      [
        { learner: "gbdt", rounds: 15 },
        { learner: "extra-trees", trees: 15 },
        { learner: "mlp", epochs: 3 },
      ],
      mean,
    );
    const { treeOutputs, layers } = splitModel(bytes, columns)!;
    expect([treeOutputs.length, layers.length]).toEqual([2, 1]);
    const whole = await openPredictor(bytes, columns, classCount, { whole: true });
    const split = await openPredictor(bytes, columns, classCount);
    const expected = await whole.predict(values, rows);
    const found = await split.predict(values, rows);
    expect(mostProbable(found, classCount)).toEqual(mostProbable(expected, classCount));
    for (const [cell, probability] of expected.entries()) {
      expect(Math.abs(found[cell] - probability)).toBeLessThanOrEqual(1e-6);
    }
    await Promise.all([whole.close(), split.close()]);
  });

  it("keeps the tables of all its networks within one bound", async () => {
    const network = { learner: "mlp", epochs: 1 } as const;
    const bytes = await blendOf([network, network], "arithmetic");
    const tables = splitModel(bytes, columns)!.layers.map(({ scorer }) => scorer.tableBytes);
    expect(tables).toHaveLength(2);
    expect(splitModel(bytes, columns, tables[0] + tables[1])!.layers).toHaveLength(2);
    expect(splitModel(bytes, columns, tables[0] + tables[1] - 1)!.layers).toHaveLength(1);
    expect(splitModel(bytes, columns, Math.min(...tables) - 1)!.layers).toHaveLength(0);
  });
});

describe("what is not split", () => {
  const random = createRandom(3);
  const ensemble = randomEnsemble({ trees: 12, leaves: 6, columns: 3, outputs: 2, valuesPerLeaf: 1 }, random);
  const asked = randomRows(ensemble, 20, 3, random);

  it("trees that take something computed stay in the graph", async () => {
    const graph = new GraphBuilder("trees");
    const doubled = graph.addNode("Add", [graph.addInput(featuresInput, "float32", ["N", 3]), featuresInput]);
    graph.addOutput(probabilitiesOutput, addEnsemble(graph, doubled, ensemble), "float32", ["N", 2]);
    await expectWhole(encodeModel(graph, { producer: "test", producerVersion: "1" }));
  });

  const changes: readonly [string, string, object][] = [
    ["branches of another kind", "nodes_modes", { strings: modes("BRANCH_LT") }],
    ["another aggregate", "aggregate_function", { s: Buffer.from("MAX"), type: 3 }],
    ["a transformation after them", "post_transform", { s: Buffer.from("SOFTMAX"), type: 3 }],
    [
      "an infinite threshold",
      "nodes_values",
      { floats: ensemble.trees.flatMap((t) => [...t.thresholds.fill(Infinity)]) },
    ],
  ];
  function modes(branch: string): Buffer[] {
    return ensemble.trees.flatMap((t) => [...t.columns].map((column) => Buffer.from(column < 0 ? "LEAF" : branch)));
  }
  it.each(changes)("trees with %s", async (_, name, change) => {
    const model = modelProto.decode(ensembleModel(ensemble)) as unknown as {
      graph: { node: { attribute: { name: string }[] }[] };
    };
    const attributes = model.graph.node[0].attribute;
    const known = attributes.find((one) => one.name === name);
    if (known) Object.assign(known, change);
    else attributes.push({ name, ...change });
    await expectWhole(modelProto.encode(model).finish());
  });

  async function expectWhole(bytes: Uint8Array): Promise<void> {
    expect(splitModel(bytes, 3)!.treeOutputs).toEqual([]);
    const [whole, split] = await Promise.all([openPredictor(bytes, 3, 2, { whole: true }), openPredictor(bytes, 3, 2)]);
    expect(await split.predict(asked, 20)).toEqual(await whole.predict(asked, 20));
    await Promise.all([whole.close(), split.close()]);
  }

  it("bytes that are no model", () => {
    expect(splitModel(Buffer.from("cpu,disk,label\n1,2,calm\n"), 3)).toBeUndefined();
    expect(splitModel(ensembleModel(ensemble).subarray(0, 200), 3)).toBeUndefined();
  });
});
