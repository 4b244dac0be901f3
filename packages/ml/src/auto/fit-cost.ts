import type { LearnerSettings } from "../learners/registry.ts";

export interface Shape {
  readonly rows: number;
  readonly columns: number;
  readonly classes: number;
}

/** Nanoseconds of one core for each step of the innermost loops, measured on a virtual x86-64 core. */
const nanoseconds = { boosting: 10, randomForest: 16, extraTrees: 4, network: 0.016, linear: 1.5 } as const;
/** Of a fit whatever its size: workers, sessions. */
const leastSeconds = 0.1;
/** Rounds after which early stopping has usually ended the training, at a learning rate of 0.05. */
const usualRounds = 260;
/** Share of the time that a second thread saves. */
const parallelShare = 0.8;

/**
 * Rough time of one fit with its preprocessing, by the counts of its loops; right within a factor of two or three, and
 * the same on every machine.
 */
export function estimateSeconds(settings: LearnerSettings, { rows, columns, classes }: Shape, threads: number): number {
  return leastSeconds + (1e-9 * work(settings, rows, columns, classes)) / (1 + parallelShare * (threads - 1));
}

function work(settings: LearnerSettings, rows: number, columns: number, classes: number): number {
  const trees = (count: number, share: number, depth: number) => count * rows * columns * share * depth;
  switch (settings.learner) {
    case "majority":
      return 5 * rows * columns;
    case "linear":
      return nanoseconds.linear * settings.iterations * rows * 2 * Math.min(columns, 512) * classes;
    case "gbdt": {
      const rounds = Math.min(settings.rounds, (usualRounds * 0.05) / settings.learningRate);
      return nanoseconds.boosting * classes * trees(rounds, settings.columnShare, Math.log2(settings.leaves) / 4);
    }
    case "random-forest":
      return nanoseconds.randomForest * trees(settings.trees, settings.columnShare, Math.log2(rows + 2));
    case "extra-trees":
      return nanoseconds.extraTrees * trees(settings.trees, settings.columnShare, Math.log2(rows + 2));
    case "cnn":
    case "gru": {
      const width = settings.learner === "gru" ? 3 * settings.units : settings.kernel * Math.max(...settings.channels);
      return nanoseconds.network * settings.epochs * 6 * settings.window * (columns + width) * width * rows;
    }
    default: {
      const inputs = Math.min(8_192, 0.6 * columns * Math.max(1, settings.bins));
      const widths = [inputs, ...settings.hiddenUnits, classes];
      const weights = widths.slice(1).reduce((sum, width, index) => sum + width * widths[index], 0);
      return nanoseconds.network * settings.epochs * 6 * settings.members * weights * rows;
    }
  }
}
