import type { EpochPoint, Progress } from "@systemhealer/contract/run";
import { thinCurve } from "@systemhealer/domain/curve";
import type { TrainingProgress } from "@systemhealer/ml/pipeline/train-model";

/** Turns what the training tells into the progress of its run, with a curve that stays short. */
export class ProgressRecorder {
  #curve: EpochPoint[] = [];
  #progress: Progress = { stage: "reading", fraction: 0, curve: [] };

  get progress(): Progress {
    return this.#progress;
  }

  /** The next rung of the ladder draws its own curve. */
  restart(): Progress {
    this.#curve = [];
    return this.#tell({ stage: "preparing", fraction: 0 });
  }

  add({ stage, fraction, fit, search }: TrainingProgress): Progress {
    const bounded = Math.min(1, Math.max(0, fraction));
    if (search) {
      const { learner, fold, folds } = search;
      return this.#tell({ stage, fraction: bounded, search: { learner, fold, folds } });
    }
    if (!fit) return this.#tell({ stage, fraction: bounded });
    const { epoch, epochs, trainLoss, validationLoss, validationMacroF1 } = fit;
    this.#curve.push({ epoch, trainLoss, validationLoss, validationMacroF1 });
    return this.#tell({ stage, fraction: bounded, epoch, epochs });
  }

  #tell(progress: Omit<Progress, "curve">): Progress {
    this.#progress = { ...progress, curve: thinCurve(this.#curve) };
    return this.#progress;
  }
}
