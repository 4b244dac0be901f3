import type { Random } from "../random/random.ts";

/**
 * Draws without replacement, each draw by the weights of what is left (P. S. Efraimidis, P. G. Spirakis, "Weighted random
 * sampling with a reservoir", 2006).
 * @param weights 0 or more each; those of 0 come last
 * @returns places in rising order
 */
export function drawWeighted(weights: Float64Array, count: number, random: Random): number[] {
  const keys = weights.map((weight) => Math.log(1 - random.uniform()) / (weight + 1e-12));
  const order = Array.from(weights.keys()).sort((a, b) => keys[b] - keys[a]);
  return order.slice(0, count).sort((a, b) => a - b);
}
