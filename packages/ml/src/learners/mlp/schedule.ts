export interface ScheduleSettings {
  readonly learningRate: number;
  /** `cosine`: rises in a straight line over the warm-up, then falls to 0 along half a cosine; `constant`. */
  readonly schedule: "cosine" | "constant";
  /** Share of all steps. */
  readonly warmUp: number;
}

/**
 * The learning rate of each step of one epoch (I. Loshchilov, F. Hutter, "SGDR: Stochastic Gradient Descent with Warm
 * Restarts", 2017, without restarts).
 * @param epoch from 1
 */
export function learningRates(
  settings: ScheduleSettings,
  epoch: number,
  epochs: number,
  stepsPerEpoch: number,
): Float32Array {
  const { learningRate, schedule, warmUp } = settings;
  if (schedule === "constant") return new Float32Array(stepsPerEpoch).fill(learningRate);
  const steps = epochs * stepsPerEpoch;
  const warmUpSteps = Math.round(warmUp * steps);
  return Float32Array.from({ length: stepsPerEpoch }, (_, index) => {
    const step = (epoch - 1) * stepsPerEpoch + index;
    if (step < warmUpSteps) return (learningRate * (step + 1)) / (warmUpSteps + 1);
    return (learningRate * (1 + Math.cos((Math.PI * (step - warmUpSteps)) / (steps - warmUpSteps)))) / 2;
  });
}
