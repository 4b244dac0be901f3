/** A policy document holds something that the evaluation here would not honour. Thrown while loading, never while evaluating. */
export class PolicyError extends Error {
  override readonly name = "PolicyError";
}
