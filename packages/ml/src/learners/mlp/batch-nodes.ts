import type { GraphBuilder } from "../../onnx/graph-builder.ts";

/** Inputs of the training graph that tell of its batches. */
export interface BatchInputs {
  readonly values: string;
  readonly order: string;
  readonly labels: string;
  readonly weights: string;
  readonly boundaries: string;
  readonly firstBatch: string;
}

/** The n rows of a training step. */
export interface Batch {
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
  const place = graph.addNode("Reshape", [number, graph.addInts(1)]);
  const start = graph.addNode("Gather", [inputs.boundaries, place]);
  const next = graph.addNode("Add", [place, graph.addInts(1)]);
  const end = graph.addNode("Gather", [inputs.boundaries, next]);
  const last = graph.addInts(-1);
  const inOrder = (values: string) => graph.addNode("Slice", [values, start, end, last]);
  const spread = labelSmoothing / classCount;
  const targets = graph.addConstant("targets", {
    type: "float32",
    dims: [classCount, classCount],
    data: Float32Array.from(
      { length: classCount ** 2 },
      (_, cell) => spread + (cell % (classCount + 1) === 0 ? 1 - labelSmoothing : 0),
    ),
  });
  const weights = inOrder(inputs.weights);
  return {
    number,
    values: graph.addNode("Gather", [inputs.values, inOrder(inputs.order)]),
    targets: graph.addNode("Gather", [targets, inOrder(inputs.labels)]),
    weights: graph.addNode("Reshape", [weights, graph.addInts(-1, 1)]),
    ones: graph.addNode("Expand", [graph.addScalar("float32", 1), graph.addNode("Shape", [weights])]),
  };
}
