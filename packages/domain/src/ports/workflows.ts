import type { RunKind } from "@systemhealer/contract/run";
import type { IngestInput, RunInput } from "../workflow-payloads.ts";

export type ExecutionState = "running" | "succeeded" | "failed" | "absent";

/** Starting twice what has the same name starts it once. */
export interface Workflows {
  startIngest(input: IngestInput): Promise<void>;
  /** For whatever the trainer does: trainings, clusterings and adaptations. */
  startTraining(input: RunInput): Promise<void>;
  startDiagnosis(input: RunInput): Promise<void>;
  stateOfRun(kind: RunKind, runId: string): Promise<ExecutionState>;
  stateOfIngest(datasetId: string): Promise<ExecutionState>;
  /** Stops the execution and its worker; one that has ended or is absent is no error. */
  stopRun(kind: RunKind, runId: string, cause: string): Promise<void>;
  stopIngest(datasetId: string, cause: string): Promise<void>;
}
