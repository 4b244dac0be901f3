/** Why a model cannot be adapted to some rows. */
export class AdaptationError extends Error {
  override readonly name = "AdaptationError";
  /**
   * `no-sample`: the model's file carries no training rows; `too-few-rows`: too few to tell anything of their
   * environment; `no-usable-columns`: hardly any KPI has varying numbers; `contradicting-labels`: one labelled row stands
   * there under two classes.
   */
  readonly code: "no-sample" | "too-few-rows" | "no-usable-columns" | "contradicting-labels";
  readonly parameters: Readonly<Record<string, number | string>>;

  constructor(code: AdaptationError["code"], parameters: AdaptationError["parameters"] = {}) {
    super(`${code}: ${JSON.stringify(parameters)}`);
    this.code = code;
    this.parameters = parameters;
  }
}
