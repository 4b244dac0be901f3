/** Name of a model's input: raw KPI values, float32 `[N, features]`, NaN for a gap. */
export const featuresInput = "features";
/** Name of a model's output: float32 `[N, classes]`. */
export const probabilitiesOutput = "probabilities";
/** Name of a second output that a model may have: float32 `[N, 1]`; the higher, the less a row is like any class. */
export const noveltyOutput = "novelty";
