import type { Run } from "@systemhealer/contract/run";
import type { Ports } from "../ports/ports.ts";

/** Tells the administrators of a run that failed, and of one that a drop asked for and that succeeded. */
export async function tellOfRun(ports: Pick<Ports, "alerts">, run: Run): Promise<void> {
  const about = { workspaceId: run.workspaceId, runId: run.runId, name: run.name, kind: run.kind, origin: run.origin };
  if (run.status === "failed") {
    await ports.alerts.raise({ subject: `Run failed: ${run.name}`, body: { ...about, failure: run.failure } });
  }
  if (run.status === "succeeded" && run.origin === "drop" && run.kind !== "clustering") {
    const { result } = run;
    const facts =
      "accuracy" in result
        ? { modelId: result.modelId, accuracy: result.accuracy, macroF1: result.macroF1 }
        : { rows: result.rows, classes: result.classes, meanConfidence: result.meanConfidence };
    await ports.alerts.raise({ subject: `Run succeeded: ${run.name}`, body: { ...about, ...facts } });
  }
}
