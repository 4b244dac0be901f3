import type { MlpSettings } from "../learners/mlp/mlp-settings.ts";
import type { GbdtSettings } from "../learners/trees/gbdt.ts";
import type { Candidate } from "./candidate.ts";
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
  bins: 16,
  batchSize: 256,
  learningRate: 2e-3,
  schedule: "cosine",
  warmUp: 0.1,
  weightDecay: 1e-2,
  dropout: 0.2,
  labelSmoothing: 0,
  stopOn: "loss",
};
/** Rows that the network goes over in all, and within which bounds. */
const rowsOfAllEpochs = 110_000;
const leastEpochs = 12;
const mostEpochs = 100;
/** Rows for which a leaf may hold one row only; more rows ask for larger leaves, or the trees fill the memory. */
const rowsPerLeafRow = 20_000;
/** Below so many rows trees gain from leaves of fewer rows: measured on parts of 300 to 800 rows. */
const fewRows = 2_000;
/** Below so many rows hardly a column stands out of chance, and trees do better with all: parts of 30 to 750 rows. */
const rowsToSelectBy = 250;
/** Rows from which trees of more leaves are tried. */
const manyRows = 20_000;
/** Columns that tell nothing cost trees more than they look: with gaps there is always one that seems to part rows. */
const classWeights = "square-root";
const selection = "mutual-information";

/**
 * What `auto` compares, the most promising for its time first: where the time does not suffice, the last are left out.
 * The first two are compared always, as what any other must beat.
 */
export function candidates({ rows }: Shape): Candidate[] {
  const few = rows < fewRows;
  const own = rows < rowsToSelectBy ? ({ classWeights } as const) : ({ selection, classWeights } as const);
  const leaf = Math.max(2, Math.round(rows / rowsPerLeafRow));
  const epochs = Math.min(mostEpochs, Math.max(leastEpochs, Math.round(rowsOfAllEpochs / Math.max(1, rows))));
  return [
    { learner: { learner: "majority" } },
    { learner: { learner: "linear", l2: 1, iterations: 100 } },
    { learner: { ...boosting, leaves: 8, minLeafRows: few ? 5 : boosting.minLeafRows }, own },
    {
      learner: { learner: "extra-trees", trees: 200, columnShare: 1, minLeafRows: few ? 1 : leaf, maxDepth: 1_000 },
      own,
    },
    // Columns that tell something only together are not seen by a selection that looks at each alone.
    { learner: { ...boosting, leaves: 8, learningRate: 0.04 } },
    { learner: { ...network, epochs, patience: epochs } },
    { learner: { ...boosting, leaves: rows > manyRows ? 31 : 15 }, own },
    {
      learner: {
        learner: "random-forest",
        trees: 200,
        columnShare: 0.3,
        minLeafRows: rows < rowsToSelectBy ? 1 : leaf,
        maxDepth: 1_000,
      },
      own,
    },
  ];
}
