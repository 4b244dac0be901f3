import { startValidation } from "../dataset.ts";
import { VersionConflictError } from "../errors.ts";
import type { Ports } from "../ports/ports.ts";

const maxTries = 8;

/**
 * Called when a data set's object has arrived, as often as it is told so. The record is written, then the execution is
 * started; a crash between the two is mended by the event's repetition or by the sweeper.
 * @throws NotFoundError when there is no such data set or object
 */
export async function beginValidation(
  ports: Pick<Ports, "datasets" | "objects" | "workflows" | "clock">,
  workspaceId: string,
  datasetId: string,
): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    const dataset = await ports.datasets.get(workspaceId, datasetId);
    if (dataset.status === "ready" || dataset.status === "rejected") return;
    if (dataset.status === "uploading") {
      const object = await ports.objects.head(dataset.objectKey);
      try {
        await ports.datasets.replace(startValidation(dataset, object, ports.clock().toISOString()));
      } catch (error) {
        if (error instanceof VersionConflictError && attempt < maxTries) continue;
        throw error;
      }
    }
    return ports.workflows.startIngest({ workspaceId, datasetId });
  }
}
