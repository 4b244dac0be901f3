import type { RunStage, RunView } from "@systemhealer/contract/run";

export type StepState = "success" | "in-progress" | "pending" | "error" | "stopped";
export interface RunStep {
  readonly stage: RunStage | "queued" | "done";
  readonly state: StepState;
}

const stagesOf: Readonly<Record<RunView["kind"], readonly RunStage[]>> = {
  training: ["reading", "preparing", "fitting", "evaluating", "checking", "registering"],
  diagnosis: ["diagnosing", "merging"],
  clustering: ["reading", "clustering", "registering"],
  adaptation: ["reading", "adapting", "diagnosing", "registering"],
};

/** The steps of a run in their order, and how far it got. */
export function runSteps(run: RunView): RunStep[] {
  const stages = ["queued", ...stagesOf[run.kind], "done"] as const;
  const at = run.status === "succeeded" ? stages.length : Math.max(0, stages.indexOf(stageOf(run)));
  return stages.map((stage, index) => ({
    stage,
    state: index < at ? "success" : index > at ? "pending" : stateAt(run),
  }));
}

function stageOf(run: RunView): RunStage | "queued" {
  if (run.status === "queued") return "queued";
  return run.progress?.stage ?? "queued";
}

function stateAt({ status }: RunView): StepState {
  if (status === "failed") return "error";
  if (status === "cancelled") return "stopped";
  return status === "queued" ? "pending" : "in-progress";
}
