import type { DiagnosisModel } from "./diagnosis-model.ts";

/** Rows of a greater novelty are of no class that the model learned; undefined where it does not tell. */
export function noveltyLimitOf({ reference }: Pick<DiagnosisModel, "reference">): number | undefined {
  return reference?.noveltyLimit ?? undefined;
}
