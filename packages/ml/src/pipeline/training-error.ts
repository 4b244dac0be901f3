/** Why a training cannot end well; `code` is the failure code of its run. */
export class TrainingError extends Error {
  override readonly name = "TrainingError";
  readonly code: "data-unusable" | "model-check-failed";
  readonly parameters: Readonly<Record<string, string | number>>;

  constructor(code: TrainingError["code"], parameters: Readonly<Record<string, string | number>>) {
    super(`${code}: ${JSON.stringify(parameters)}`);
    this.code = code;
    this.parameters = parameters;
  }
}

/**
 * Rows that cannot be divided into the parts of a training.
 * @param steps rows of a window; 1 for a learner of single rows
 */
export function tooFewRows(rows: number, steps: number): TrainingError {
  const parameters =
    steps === 1 ? { reason: "too-few-rows", rows } : { reason: "too-few-windows", rows, window: steps };
  return new TrainingError("data-unusable", parameters);
}
