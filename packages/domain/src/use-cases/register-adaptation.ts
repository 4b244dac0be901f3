import type { Adaptation } from "@systemhealer/contract/adaptation";
import type { Artefact } from "@systemhealer/contract/artefact";
import type { DiagnosisSummary } from "@systemhealer/contract/diagnosis";
import type { Model } from "@systemhealer/contract/model";
import type { AdaptationRun, Run } from "@systemhealer/contract/run";
import type { Ports } from "../ports/ports.ts";
import { succeedAdaptation } from "../run.ts";
import { activateModel } from "./activate-model.ts";
import { createModelOnce } from "./create-model-once.ts";
import { type EndRunPorts, endRun } from "./end-run.ts";

export interface AdaptedResults {
  readonly adaptation: Adaptation;
  readonly summary: DiagnosisSummary;
  /** What stays with the run; the model has its own. */
  readonly artefacts: readonly Artefact[];
  /** Undefined where there was nothing to adapt to. */
  readonly model: Model | undefined;
}

/**
 * Ends an adaptation with what it left behind. Order and what a crash leaves behind are as in `registerModel`; the model
 * becomes active only where the workspace has no other. Repeating it goes on where it broke off.
 */
export async function registerAdaptation(
  ports: EndRunPorts & Pick<Ports, "workspaces" | "clock">,
  { workspaceId, runId, modelId: parentId, createdBy: userId }: AdaptationRun,
  { adaptation, summary, artefacts, model }: AdaptedResults,
): Promise<Run> {
  const { verdict, expectedAccuracy, labelledRows } = adaptation;
  const { rows, classes } = summary;
  const modelId = model?.modelId ?? parentId;
  const meanConfidence = Math.min(1, summary.meanConfidence);
  const result = { modelId, verdict, expectedAccuracy, labelledRows, rows, classes, meanConfidence };
  if (model) await createModelOnce(ports, model);
  const at = ports.clock().toISOString();
  const { run } = await endRun(ports, workspaceId, runId, (stored) =>
    succeedAdaptation(stored, { ...result, artefacts: [...artefacts] }, at),
  );
  if (model && run.status === "succeeded") {
    await activateModel(ports, { workspaceId, modelId, userId, onlyFirst: true });
  }
  return run;
}
