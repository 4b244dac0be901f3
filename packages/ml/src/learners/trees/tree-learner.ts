import type { FitProgress, FittedLearner } from "../learner.ts";
import { addEnsemble } from "./ensemble-nodes.ts";
import { predictEnsemble } from "./predict-ensemble.ts";
import { type Contributions, explainRow } from "./shap/tree-shap.ts";
import { softmaxRows } from "./softmax-rows.ts";
import type { TreeEnsemble } from "./tree.ts";

/** A fitted learner that can say what moved its answer. */
export interface FittedTrees extends FittedLearner {
  readonly ensemble: TreeEnsemble;
  /** Exact contributions of the columns of one row: to margins (boosted trees) or probabilities (forests). */
  explain(row: Float32Array): Contributions;
}

interface Fit {
  readonly ensemble: TreeEnsemble;
  readonly bestEpoch: number;
  readonly curve: readonly FitProgress[];
}

/** @param outputs what the sums of the ensemble are */
export function fittedTrees({ ensemble, bestEpoch, curve }: Fit, outputs: "margins" | "probabilities"): FittedTrees {
  return {
    ensemble,
    bestEpoch,
    curve,
    predict(values, rowCount) {
      const sums = predictEnsemble(ensemble, values, rowCount);
      return outputs === "margins" ? softmaxRows(sums, ensemble.outputCount) : Float32Array.from(sums);
    },
    addTo(graph, input) {
      const sums = addEnsemble(graph, input, ensemble);
      return outputs === "margins" ? graph.addNode("Softmax", [sums], { attributes: { axis: { int: 1 } } }) : sums;
    },
    explain: (row) => explainRow(ensemble, row),
  };
}
