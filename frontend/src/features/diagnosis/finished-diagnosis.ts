import type { RunView } from "@systemhealer/contract/run";

/** A run that has diagnosed rows: an adaptation does so too. */
export type FinishedDiagnosis = Extract<RunView, { kind: "diagnosis" | "adaptation"; status: "succeeded" }>;

export const diagnosesRows = (run: RunView): boolean => run.kind === "diagnosis" || run.kind === "adaptation";

export const isFinishedDiagnosis = (run: RunView): run is FinishedDiagnosis =>
  diagnosesRows(run) && run.status === "succeeded";

/** Of an adaptation the new model, not the one it began with. */
export const modelThatDiagnosed = (run: FinishedDiagnosis): string =>
  run.kind === "adaptation" ? run.result.modelId : run.modelId;
