import type { GraphBuilder } from "../../onnx/graph-builder.ts";

/** Inputs of the training graph that tell of its batches. */
export interface BatchInputs {
  readonly values: string;
  readonly order: string;
  readonly labels: string;
  readonly weights: string;
  readonly starts: string;
  readonly ends: string;
  readonly firstBatch: string;
}

/** The n rows of a training step. */
export interface Batch {
  /** `[1]` */
  readonly number: string;
  /** `[n, D]` */
  readonly values: string;
  /** `[n, K]`, 1 at the row's class, before smoothing. */
  readonly targets: string;
  /** `[n, 1]` */
  readonly weights: string;
  /** `[1, n]` */
  readonly ones: string;
}

export function addBatch(
  graph: GraphBuilder,
  inputs: BatchInputs,
  iteration: string,
  classCount: number,
  labelSmoothing: number,
): Batch {
  const number = graph.addNode("Add", [inputs.firstBatch, iteration]);
  const start = graph.addNode("Gather", [inputs.starts, number]);
  const end = graph.addNode("Gather", [inputs.ends, number]);
  const inOrder = (values: string) => graph.addNode("Slice", [values, start, end, graph.addInts(0)]);
  const spread = labelSmoothing / classCount;
  const targets = graph.addConstant("targets", {
    type: "float32",
    dims: [classCount, classCount],
    data: Float32Array.from(
      { length: classCount ** 2 },
      (_, cell) => spread + (cell % (classCount + 1) === 0 ? 1 - labelSmoothing : 0),
    ),
  });
  const order = inOrder(inputs.order);
  return {
    number,
    values: graph.addNode("Gather", [inputs.values, order]),
    targets: graph.addNode("Gather", [targets, inOrder(inputs.labels)]),
    weights: inOrder(inputs.weights),
    ones: graph.addNode("Expand", [
      graph.addConstant("one", { type: "float32", dims: [1, 1], data: [1] }),
      graph.addNode("Shape", [order]),
    ]),
  };
}
