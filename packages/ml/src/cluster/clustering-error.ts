/** Thrown where rows cannot be clustered. */
export class ClusteringError extends Error {
  override readonly name = "ClusteringError";
  readonly reason: "too-few-rows" | "no-informative-features" | "too-many-clusters";

  constructor(reason: ClusteringError["reason"]) {
    super(`the rows cannot be clustered: ${reason}`);
    this.reason = reason;
  }
}
