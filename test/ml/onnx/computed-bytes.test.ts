import { computedBytes } from "@systemhealer/ml/onnx/computed-bytes";
import { encodeModel } from "@systemhealer/ml/onnx/encode-model";
import { GraphBuilder } from "@systemhealer/ml/onnx/graph-builder";
import { expect, it } from "vitest";

const rows = 8;

function fileWith(output: (graph: GraphBuilder, input: string) => string): Uint8Array {
  const graph = new GraphBuilder("g");
  graph.addOutput("y", output(graph, graph.addInput("x", "float32", ["N", 3])), "float32", ["N", 3]);
  return encodeModel(graph, { producer: "x", producerVersion: "1", metadata: {} });
}

it("adds up the values that a graph computes, by their types", async () => {
  const gaps = fileWith((graph, input) => {
    const isGap = graph.addNode("IsNaN", [input]);
    return graph.addNode("Where", [isGap, graph.addScalar("float32", 0), input]);
  });
  // An output of a graph is a copy of a value.
  expect(await computedBytes(gaps, rows)).toBe(rows * 3 * (1 + 4 + 4));
});

it("tells of tensors that no memory holds without making them", async () => {
  const width = 1_000_000;
  const column = { type: "float32", dims: [width, 1], data: new Float32Array(width) } as const;
  const vast = fileWith((graph, input) => {
    const across = graph.addConstant("across", { ...column, dims: [1, width] });
    const outer = graph.addNode("Add", [graph.addConstant("down", column), across]);
    return graph.addNode("Add", [input, graph.addNode("ReduceSum", [outer], { attributes: { keepdims: { int: 0 } } })]);
  });
  expect(await computedBytes(vast, rows)).toBeGreaterThan(4 * width ** 2);
});

it("does not guess a size that only the rows tell", async () => {
  const told = fileWith((graph, input) => {
    const most = graph.addCast(graph.addNode("ReduceSum", [input], { attributes: { keepdims: { int: 0 } } }), "int64");
    const end = graph.addNode("Reshape", [most, graph.addInts(1)]);
    return graph.addNode("Slice", [input, graph.addInts(0), end, graph.addInts(0)]);
  });
  expect(await computedBytes(told, rows)).toBeUndefined();
});
