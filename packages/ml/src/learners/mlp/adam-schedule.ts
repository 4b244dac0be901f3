/** Moving averages of AdamW (I. Loshchilov, F. Hutter, "Decoupled Weight Decay Regularization", 2019). */
export const beta1 = 0.9;
export const beta2 = 0.999;
const epsilon = 1e-8;

/**
 * What turns fading sums of gradients and of their squares, S₁ and S₂, into AdamW's steps: a step is
 * `stepSize · S₁ / (√S₂ + floor)`, both corrected for sums that began at 0 and fade by β₁ and β₂ as float32 has them.
 * @param learningRates one per step
 * @param stepsBefore steps that were taken before these
 */
export function adamSchedule(
  learningRates: Float32Array,
  stepsBefore: number,
): { stepSizes: Float32Array; floors: Float32Array } {
  const stepSizes = new Float32Array(learningRates.length);
  const floors = new Float32Array(learningRates.length);
  for (const [index, learningRate] of learningRates.entries()) {
    const step = stepsBefore + index + 1;
    const mean = (1 - beta1) / (1 - Math.fround(beta1) ** step);
    const deviation = Math.sqrt((1 - beta2) / (1 - Math.fround(beta2) ** step));
    stepSizes[index] = (learningRate * mean) / deviation;
    floors[index] = epsilon / deviation;
  }
  return { stepSizes, floors };
}
