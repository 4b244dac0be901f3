import type { GraphBuilder } from "./graph-builder.ts";

/**
 * Sums along the last dimension, as a product with ones. A reduction of onnxruntime adds up in an order that depends on
 * where in memory a row lies, so that the last bits of a row's sum would depend on how many rows come before it, and the
 * same row in another part of a file would not be answered alike.
 * @param value name of a float32 tensor `[…, size]`
 * @returns name of a float32 tensor `[…, 1]`
 */
export function addRowSum(graph: GraphBuilder, value: string, size: number): string {
  const ones = graph.addConstant("ones", { type: "float32", dims: [size, 1], data: new Float32Array(size).fill(1) });
  return graph.addNode("MatMul", [value, ones]);
}
