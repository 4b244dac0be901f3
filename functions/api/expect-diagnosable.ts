import { ConflictError } from "@systemhealer/domain/errors";
import type { Services } from "./services.ts";

/** A data set that is to be diagnosed later may still be on its way. @throws NotFoundError; ConflictError when it was rejected */
export async function expectDiagnosable(
  { datasets }: Pick<Services, "datasets">,
  workspaceId: string,
  datasetId: string,
): Promise<void> {
  const { status } = await datasets.get(workspaceId, datasetId);
  if (status === "rejected") throw new ConflictError("dataset-rejected", { id: datasetId });
}
