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
