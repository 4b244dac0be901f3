/** Why a model cannot be adapted to some rows. */
export class AdaptationError extends Error {
  override readonly name = "AdaptationError";
  /**
   * `no-sample`: the model's file carries no training rows; `too-few-rows`: too few to tell anything of their
   * environment; `no-usable-columns`: hardly any KPI has varying numbers.
   */
  readonly code: "no-sample" | "too-few-rows" | "no-usable-columns";
  readonly parameters: Readonly<Record<string, number>>;

  constructor(code: AdaptationError["code"], parameters: AdaptationError["parameters"] = {}) {
    super(`${code}: ${JSON.stringify(parameters)}`);
    this.code = code;
    this.parameters = parameters;
  }
}
