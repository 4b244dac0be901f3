import { encodeModel } from "@systemhealer/ml/onnx/encode-model";
import { foreignOperator } from "@systemhealer/ml/onnx/foreign-operator";
import { GraphBuilder } from "@systemhealer/ml/onnx/graph-builder";
import type { Operator } from "@systemhealer/ml/onnx/operators";
import { expect, it } from "vitest";

function fileWith(operator: string, options: { domain?: string; subgraph?: boolean } = {}): Uint8Array {
  const graph = new GraphBuilder("g");
  const input = graph.addInput("x", "float32", ["N", 2]);
  const inner = graph.subgraph("inner");
  const value = graph.addNode(operator as Operator, [input], {
    ...(options.domain !== undefined && { domain: options.domain }),
    attributes: options.subgraph ? { body: { graph: inner } } : {},
  });
  graph.addOutput("y", value, "float32", ["N", 2]);
  return encodeModel(graph, { producer: "x", producerVersion: "1", metadata: {} });
}

it("finds what no model of this package holds", () => {
  expect(foreignOperator(fileWith("Abs"))).toBeUndefined();
  for (const operator of ["Loop", "If", "Scan", "ConstantOfShape", "RandomUniformLike", "Optional", ""])
    expect(foreignOperator(fileWith(operator))).toBe(operator);
  expect(foreignOperator(fileWith("Gemm", { domain: "com.microsoft" }))).toBe("Gemm");
  expect(foreignOperator(fileWith("Abs", { subgraph: true }))).toBe("Abs");
});
