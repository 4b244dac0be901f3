import { expect, it } from "vitest";
import { fitBoostedTrees } from "../../../../packages/ml/src/learners/trees/boosting/fit-boosted-trees.ts";
import { addEnsemble } from "../../../../packages/ml/src/learners/trees/ensemble-nodes.ts";
import { fitForest } from "../../../../packages/ml/src/learners/trees/forest/fit-forest.ts";
import { readEnsembles } from "../../../../packages/ml/src/learners/trees/read-ensembles.ts";
import { encodeModel } from "../../../../packages/ml/src/onnx/encode-model.ts";
import { GraphBuilder } from "../../../../packages/ml/src/onnx/graph-builder.ts";
import { labelledRows, noRows } from "./labelled-rows.ts";

it("reads back from a model what was written into it, covers included", async () => {
  const rows = labelledRows({ rowCount: 200 });
  const none = noRows(rows);
  const options = { seed: 1, threads: 1 };
  const boosted = await fitBoostedTrees(
    rows,
    none,
    {
      rounds: 5,
      learningRate: 0.1,
      leaves: 6,
      bins: 255,
      l2: 1,
      minLeafRows: 5,
      minLeafHessian: 1e-3,
      columnShare: 1,
      rowShare: 1,
      patience: 5,
    },
    options,
  );
  const forest = await fitForest(
    rows,
    none,
    { trees: 4, columnShare: 0.5, minLeafRows: 3, maxDepth: 50, bootstrap: true, split: "best" },
    options,
  );
  const graph = new GraphBuilder("trees");
  const input = graph.addInput("rows", "float32", ["N", rows.columnCount]);
  const outputs = [boosted, forest].map(({ ensemble }) => addEnsemble(graph, input, ensemble));
  const read = readEnsembles(encodeModel(graph, { producer: "test", producerVersion: "1" }), rows.columnCount);
  expect(read.map(({ output }) => output)).toEqual(outputs);
  expect(read.map((stored) => stored.input)).toEqual([input, input]);
  expect(read.map(({ ensemble }) => ensemble)).toEqual([boosted.ensemble, forest.ensemble]);
});
