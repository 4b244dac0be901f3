import type { DiagnosisRun, Run } from "@systemhealer/contract/run";
import { ConflictError, InvalidError } from "../errors.ts";
import type { Ports } from "../ports/ports.ts";
import { ifThere } from "./if-there.ts";

export interface Verification {
  /** The diagnosis of which it is to be told whether its faults are gone. */
  readonly verifies: string;
  /** The newer records. */
  readonly datasetId: string;
  /** Only that of the diagnosis will do, which is taken where none is named. */
  readonly modelId?: string | undefined;
  /** Which class has no fault, where none is called normal. */
  readonly normalClass?: string | undefined;
}

type Finished = Extract<DiagnosisRun, { status: "succeeded" }>;

/**
 * The diagnosis that newer records can verify. A check of a check is one of the diagnosis that found the faults, as
 * long as that is there.
 * @throws NotFoundError; ConflictError unless it is a diagnosis that succeeded; InvalidError for another model, a class
 *   that the model does not know, or records that are no newer ones: those that were diagnosed already
 */
export async function expectVerifiable(
  { runs, datasets }: Pick<Ports, "runs" | "datasets">,
  workspaceId: string,
  { verifies, datasetId, modelId, normalClass }: Verification,
): Promise<Finished> {
  const named = expectFinished(await runs.get(workspaceId, verifies));
  const first = named.verifies === undefined ? undefined : await ifThere(runs.get(workspaceId, named.verifies));
  const diagnosis = first ? expectFinished(first) : named;
  if (modelId !== undefined && modelId !== diagnosis.modelId) {
    throw new InvalidError("verifies-other-model", { id: diagnosis.runId, model: diagnosis.modelId });
  }
  const { classes } = diagnosis.result;
  if (normalClass !== undefined && !classes.some(({ name }) => name === normalClass)) {
    throw new InvalidError("no-such-class", { name: normalClass });
  }
  const bytes = await sha256Of(datasets, workspaceId, datasetId);
  const former = await ifThere(sha256Of(datasets, workspaceId, diagnosis.datasetId));
  if (datasetId === diagnosis.datasetId || (bytes !== undefined && bytes === former)) {
    throw new InvalidError("verifies-same-data", { id: diagnosis.runId });
  }
  return diagnosis;
}

function expectFinished(run: Run): Finished {
  const { runId: id, kind, status } = run;
  if (run.kind !== "diagnosis") throw new ConflictError("verifies-no-diagnosis", { id, kind });
  if (run.status !== "succeeded") throw new ConflictError("verifies-unfinished", { id, status });
  return run;
}

/** Undefined until the file was checked. @throws NotFoundError */
async function sha256Of({ get }: Ports["datasets"], workspaceId: string, datasetId: string) {
  const dataset = await get(workspaceId, datasetId);
  return dataset.status === "ready" ? dataset.sha256 : undefined;
}
