import type { DatasetIn } from "@systemhealer/contract/dataset";
import type { Ports } from "@systemhealer/domain/ports/ports";

/** Nobody waits for a dropped file at a screen: the administrators are told that it became no data set. */
export async function tellOfRejection(
  { alerts }: Pick<Ports, "alerts">,
  { workspaceId, datasetId, fileName, origin, findingCount }: DatasetIn<"rejected">,
): Promise<void> {
  if (origin !== "drop") return;
  await alerts.raise({
    subject: `Drop rejected: ${fileName}`,
    body: { workspaceId, datasetId, fileName, findingCount },
  });
}
