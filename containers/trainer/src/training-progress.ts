import { mostStandings, type Standing } from "@systemhealer/contract/leaderboard";
import type { EpochPoint, Progress } from "@systemhealer/contract/run";
import { thinCurve } from "@systemhealer/domain/curve";
import type { TrainingProgress } from "@systemhealer/ml/pipeline/train-model";

/** Turns what the training tells into the progress of its run, with a curve that stays short. */
export class ProgressRecorder {
  #curve: EpochPoint[] = [];
  #standings: Standing[] | undefined;
  #progress: Progress = { stage: "reading", fraction: 0, curve: [] };

  get progress(): Progress {
    return this.#progress;
  }

  /** The next rung of the ladder draws its own curve, and compares anew if it does. */
  restart(): Progress {
    this.#curve = [];
    this.#standings = undefined;
    return this.#tell({ stage: "preparing", fraction: 0 });
  }

  add({ stage, fraction, fit, search }: TrainingProgress): Progress {
    const bounded = Math.min(1, Math.max(0, fraction));
    if (search) {
      const { learner, fold, folds, standings } = search;
      this.#standings = standings.slice(0, mostStandings);
      return this.#tell({ stage, fraction: bounded, search: { learner, fold, folds } });
    }
    // Nothing is fitted any more.
    this.#standings = this.#standings?.map((each) =>
      each.status === "fitting" ? { ...each, status: "scored" } : each,
    );
    if (!fit) return this.#tell({ stage, fraction: bounded });
    const { epoch, epochs, trainLoss, validationLoss, validationMacroF1 } = fit;
    this.#curve.push({ epoch, trainLoss, validationLoss, validationMacroF1 });
    return this.#tell({ stage, fraction: bounded, epoch, epochs });
  }

  #tell(progress: Omit<Progress, "curve" | "standings">): Progress {
    const standings = this.#standings;
    this.#progress = { ...progress, ...(standings && { standings }), curve: thinCurve(this.#curve) };
    return this.#progress;
  }
}
