import type { InferenceSession } from "onnxruntime-node";
import { describe, expect, it } from "vitest";
import { encodeModel } from "../../../packages/ml/src/onnx/encode-model.ts";
import { GraphBuilder } from "../../../packages/ml/src/onnx/graph-builder.ts";
import type { Operator } from "../../../packages/ml/src/onnx/operators.ts";
import { NotOnnxError, readMetadata } from "../../../packages/ml/src/onnx/read-metadata.ts";
import { onnxRuntime, openSession } from "../../../packages/ml/src/onnx/runtime.ts";

const producer = { producer: "test", producerVersion: "1" };

async function run(graph: GraphBuilder, feeds: InferenceSession.FeedsType) {
  const session = await openSession(encodeModel(graph, producer), 1);
  try {
    return await session.run(feeds);
  } finally {
    await session.release();
  }
}

function floats(values: readonly number[], dims: readonly number[]) {
  return new (onnxRuntime().Tensor)("float32", Float32Array.from(values), dims);
}

describe("a graph that the builder made", () => {
  it("runs in onnxruntime, with constants of every element type", async () => {
    const graph = new GraphBuilder("sums");
    const input = graph.addInput("x", "float32", ["N", 2]);
    const total = [
      graph.addConstant("row", { type: "float32", dims: [1, 2], data: [10, 20] }),
      graph.addCast(graph.addScalar("int32", 3), "float32"),
      graph.addCast(graph.addScalar("int64", -4), "float32"),
      graph.addCast(graph.addScalar("float64", 0.5), "float32"),
      graph.addCast(graph.addScalar("uint8", 200), "float32"),
      graph.addCast(graph.addScalar("bool", 1), "float32"),
    ].reduce((sum, term) => graph.addNode("Add", [sum, term]), input);
    graph.addOutput("y", total, "float32", ["N", 2]);
    const { y } = await run(graph, { x: floats([1, 2, 3, 4], [2, 2]) });
    expect(y.dims).toEqual([2, 2]);
    expect(Array.from(y.data as Float32Array)).toEqual([211.5, 222.5, 213.5, 224.5]);
  });

  it("has subgraphs that see the values around them", async () => {
    const graph = new GraphBuilder("powers");
    const base = graph.addInput("base", "float32", []);
    const count = graph.addInput("count", "int64", []);
    const body = graph.subgraph("body");
    body.addInput("iteration", "int64", []);
    const proceed = body.addInput("proceed", "bool", []);
    const before = body.addInput("before", "float32", []);
    const product = body.addNode("Mul", [before, base]);
    body.addOutput("goOn", proceed, "bool", []);
    body.addOutput("after", product, "float32", []);
    const power = graph.addNode("Loop", [count, graph.addScalar("bool", 1), graph.addScalar("float32", 1)], {
      attributes: { body: { graph: body } },
    });
    graph.addOutput("power", power, "float32", []);
    const five = new (onnxRuntime().Tensor)("int64", BigInt64Array.of(5n), []);
    const { power: result } = await run(graph, { base: floats([3], []), count: five });
    expect(result.data[0]).toBe(243);
  });

  it("carries tree ensembles", async () => {
    const graph = new GraphBuilder("tree");
    const input = graph.addInput("x", "float32", ["N", 1]);
    const scores = graph.addNode("TreeEnsembleRegressor", [input], {
      domain: "ai.onnx.ml",
      attributes: {
        n_targets: { int: 1 },
        post_transform: { string: "NONE" },
        nodes_treeids: { ints: [0, 0, 0] },
        nodes_nodeids: { ints: [0, 1, 2] },
        nodes_featureids: { ints: [0, 0, 0] },
        nodes_modes: { strings: ["BRANCH_LEQ", "LEAF", "LEAF"] },
        nodes_values: { floats: [1.5, 0, 0] },
        nodes_truenodeids: { ints: [1, 0, 0] },
        nodes_falsenodeids: { ints: [2, 0, 0] },
        target_treeids: { ints: [0, 0] },
        target_nodeids: { ints: [1, 2] },
        target_ids: { ints: [0, 0] },
        target_weights: { floats: [-7, 7] },
      },
    });
    graph.addOutput("y", scores, "float32", ["N", 1]);
    const { y } = await run(graph, { x: floats([1, 2, 1.5], [3, 1]) });
    expect(Array.from(y.data as Float32Array)).toEqual([-7, 7, -7]);
  });

  it("takes tensors and numbers as attributes", async () => {
    const graph = new GraphBuilder("attributes");
    const input = graph.addInput("x", "float32", [2]);
    const others = ["Constant", "LeakyRelu"].map((operator) => operator as Operator);
    const one = graph.addNode(others[0]!, [], {
      attributes: { value: { tensor: { type: "float32", dims: [2], data: [1, -1] } } },
    });
    const leaky = graph.addNode(others[1]!, [graph.addNode("Mul", [input, one])], {
      attributes: { alpha: { float: 0.25 } },
    });
    graph.addOutput("y", leaky, "float32", [2]);
    const { y } = await run(graph, { x: floats([4, 4], [2]) });
    expect(Array.from(y.data as Float32Array)).toEqual([4, -1]);
  });

  it("gives every value a name of its own and refuses a claimed one", () => {
    const graph = new GraphBuilder("names");
    const input = graph.addInput("x", "float32", [1]);
    const names = [
      graph.addNode("Neg", [input]),
      graph.addNode("Neg", [input]),
      graph.subgraph("s").addScalar("bool", 0),
    ];
    expect(new Set([input, ...names]).size).toBe(4);
    expect(() => graph.addInput("x", "float32", [1])).toThrow(RangeError);
    expect(() => graph.subgraph("t").addOutput("x", input, "float32", [1])).toThrow(RangeError);
  });

  it("stores an equal scalar once, and refuses a constant that does not fill its shape", () => {
    const graph = new GraphBuilder("scalars");
    expect(graph.addScalar("float32", 2)).toBe(graph.addScalar("float32", 2));
    expect(graph.addScalar("float32", 2)).not.toBe(graph.addScalar("float64", 2));
    expect(graph.addScalar("float32", 0)).not.toBe(graph.addScalar("float32", -0));
    expect(() => graph.addConstant("c", { type: "float32", dims: [2, 2], data: [1, 2, 3] })).toThrow(RangeError);
  });
});

describe("a model's metadata", () => {
  const metadata = { first: "漢字 and more", second: "" };

  function model(): Uint8Array {
    const graph = new GraphBuilder("identity");
    graph.addOutput("y", graph.addInput("x", "float32", [1]), "float32", [1]);
    return encodeModel(graph, { ...producer, metadata });
  }

  it("is read back", () => {
    expect(Object.fromEntries(readMetadata(model()))).toEqual(metadata);
  });

  it("is refused where the bytes are no model", () => {
    const text = new TextEncoder().encode("sample_id,feature0,label\n1,2,3\n");
    for (const bytes of [new Uint8Array(0), text, new Uint8Array(64).fill(255), model().subarray(0, 40)]) {
      expect(() => readMetadata(bytes)).toThrow(NotOnnxError);
    }
  });
});
