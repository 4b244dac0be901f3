import type { MlpSettings } from "../learners/mlp/mlp-settings.ts";
import type { LearnerSettings } from "../learners/registry.ts";
import type { GbdtSettings } from "../learners/trees/gbdt.ts";
import type { Shape } from "./fit-cost.ts";

const boosting: Omit<GbdtSettings, "leaves"> = {
  learner: "gbdt",
  rounds: 800,
  learningRate: 0.05,
  bins: 255,
  l2: 0,
  minLeafRows: 10,
  minLeafHessian: 1e-3,
  columnShare: 0.3,
  rowShare: 0.8,
  patience: 60,
};
const network: Omit<MlpSettings, "hiddenUnits" | "members"> = {
  learner: "mlp",
  bins: 48,
  epochs: 30,
  batchSize: 256,
  learningRate: 2e-3,
  schedule: "cosine",
  warmUp: 0.1,
  weightDecay: 1e-2,
  dropout: 0.1,
  labelSmoothing: 0,
  stopOn: "loss",
  patience: 8,
};
/** Rows for which a leaf may hold one row only; more rows ask for larger leaves, or the trees fill the memory. */
const rowsPerLeafRow = 20_000;

/**
 * What `auto` compares, the most promising for its time first: where the time does not suffice, the last are left out.
 * The first two are compared always, as what any other must beat.
 */
export function candidates({ rows }: Shape): LearnerSettings[] {
  const leaf = Math.max(1, Math.round(rows / rowsPerLeafRow));
  const forest = { minLeafRows: leaf, maxDepth: 1_000 };
  return [
    { learner: "majority" },
    { learner: "linear", l2: 1, iterations: 100 },
    { ...boosting, leaves: 15 },
    { learner: "extra-trees", trees: 300, columnShare: 0.5, ...forest },
    { ...boosting, leaves: 8 },
    { ...network, hiddenUnits: [128, 128], members: 4 },
    { ...boosting, leaves: 31, columnShare: 0.15 },
    { learner: "random-forest", trees: 200, columnShare: 0.3, ...forest },
  ];
}
