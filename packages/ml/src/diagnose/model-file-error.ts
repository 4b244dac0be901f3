export type ModelFileProblem =
  /** The bytes are no ONNX model, or onnxruntime refuses them. */
  | "not-onnx"
  /** An ONNX model that this product did not write. */
  | "no-card"
  /** A card of another schema version, or one that is damaged. */
  | "unknown-card"
  /** Inputs or outputs are not those that the card tells. */
  | "wrong-shape"
  /** Of a file from elsewhere: it holds what this product does not write, such as weights in other files. */
  | "foreign-parts"
  /** Of a file from elsewhere: what it answers is not between 0 and 1, or does not add up to 1. */
  | "bad-probabilities";

/** Thrown where a file is no model that can diagnose; `code` is the failure code of a run. */
export class ModelFileError extends Error {
  override readonly name = "ModelFileError";
  readonly code = "model-unusable";
  readonly problem: ModelFileProblem;
  readonly parameters: Readonly<Record<string, string | number>>;

  constructor(problem: ModelFileProblem, detail: string, options?: ErrorOptions) {
    super(detail, options);
    this.problem = problem;
    this.parameters = { reason: problem };
  }
}
