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
  columnShare: 0.6,
  rowShare: 0.8,
  patience: 60,
};
const network: Omit<MlpSettings, "epochs" | "patience"> = {
  learner: "mlp",
  hiddenUnits: [128, 128],
  members: 4,
  bins: 48,
  batchSize: 256,
  learningRate: 2e-3,
  schedule: "cosine",
  warmUp: 0.1,
  weightDecay: 1e-2,
  dropout: 0.1,
  labelSmoothing: 0,
  stopOn: "loss",
};
/** Rows that the network goes over in all, and within which bounds. */
const rowsOfAllEpochs = 110_000;
const leastEpochs = 12;
const mostEpochs = 100;
/** Rows for which a leaf may hold one row only; more rows ask for larger leaves, or the trees fill the memory. */
const rowsPerLeafRow = 20_000;

/**
 * What `auto` compares, the most promising for its time first: where the time does not suffice, the last are left out.
 * The first two are compared always, as what any other must beat.
 */
export function candidates({ rows }: Shape): LearnerSettings[] {
  const leaf = Math.max(1, Math.round(rows / rowsPerLeafRow));
  const epochs = Math.min(mostEpochs, Math.max(leastEpochs, Math.round(rowsOfAllEpochs / Math.max(1, rows))));
  return [
    { learner: "majority" },
    { learner: "linear", l2: 1, iterations: 100 },
    { ...boosting, leaves: 15 },
    { learner: "extra-trees", trees: 200, columnShare: 1, minLeafRows: Math.max(2, leaf), maxDepth: 1_000 },
    { ...boosting, leaves: 8 },
    { ...network, epochs, patience: epochs },
    { ...boosting, leaves: 15, learningRate: 0.04, columnShare: 0.5, minLeafRows: 20, l2: 3 },
    { learner: "random-forest", trees: 200, columnShare: 0.3, minLeafRows: leaf, maxDepth: 1_000 },
  ];
}
