import { startRun } from "@systemhealer/domain/run";
import { failingRun } from "@systemhealer/domain/use-cases/failing-run";
import type { DiagnosisPlan, RunInput } from "@systemhealer/domain/workflow-payloads";
import { functionEnvironments, parseEnvironment } from "@systemhealer/platform/environment";
import { recordStores } from "@systemhealer/platform/record-stores";
import { s3ObjectStore } from "@systemhealer/platform/s3-object-store";
import { checkDiagnosis } from "./check-diagnosis.ts";

const env = parseEnvironment(functionEnvironments["workflow/plan-diagnosis"], process.env);
const ports = { ...recordStores(env.TABLE_NAME), objects: s3ObjectStore(env.BUCKET_NAME) };

/**
 * Looks whether model and data set fit before any shard runs, marks the run as running, and lists the shards.
 * @throws ConflictError when the run has ended meanwhile
 */
export async function handler({ workspaceId, runId }: RunInput): Promise<DiagnosisPlan> {
  const run = await ports.runs.get(workspaceId, runId);
  return failingRun(ports, run, async () => {
    const ranges = await checkDiagnosis(ports, run);
    if (run.status !== "running") await ports.runs.replace(startRun(run, ports.clock().toISOString()));
    const shards = ranges.map((_, shard) => ({ workspaceId, runId, shard }));
    return { workspaceId, runId, shards };
  });
}
