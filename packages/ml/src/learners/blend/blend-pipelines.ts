import type { FittedPipeline } from "../../pipeline/fitted-pipeline.ts";
import { blendProbabilities, leastProbability, type Mean } from "./blend-probabilities.ts";

export interface BlendMember {
  readonly pipeline: FittedPipeline;
  /** Above 0; the weights of all members sum up to 1. */
  readonly weight: number;
}

/** Several pipelines, each with a preparation of its own, that answer as one: by a weighted mean. */
export function blendPipelines(members: readonly BlendMember[], mean: Mean): FittedPipeline {
  const [first] = members;
  if (!first) throw new RangeError("a blend has at least one member");
  if (members.length === 1) return first.pipeline;
  const { classCount } = first.pipeline;
  const weights = members.map(({ weight }) => weight);
  return {
    classCount,
    used: first.pipeline.used.map((_, column) => members.some(({ pipeline }) => pipeline.used[column])),
    async predict(raw, rows, signal) {
      const parts: Float32Array[] = [];
      for (const { pipeline } of members) parts.push(await pipeline.predict(raw, rows, signal));
      return blendProbabilities(parts, weights, classCount, mean);
    },
    addTo(graph, features) {
      const terms = members.map(({ pipeline, weight }) => {
        const wide = graph.addCast(pipeline.addTo(graph, features), "float64");
        const held =
          mean === "geometric"
            ? graph.addNode("Log", [graph.addNode("Max", [wide, graph.addScalar("float64", leastProbability)])])
            : wide;
        return graph.addNode("Mul", [held, graph.addScalar("float64", weight)]);
      });
      const sum = graph.addNode("Sum", terms, { name: "blend" });
      const blended =
        mean === "geometric" ? graph.addNode("Softmax", [sum], { attributes: { axis: { int: 1 } } }) : sum;
      return graph.addCast(blended, "float32");
    },
  };
}
