import type { ValidationReport } from "@systemhealer/contract/validation-report";
import { rejectDataset } from "../dataset.ts";
import { VersionConflictError } from "../errors.ts";
import { datasetArtefactKey } from "../object-keys.ts";
import type { Ports } from "../ports/ports.ts";

/**
 * Rejects a data set whose validation broke off; its report says so. One that is no longer being validated is left.
 * Order: the report, then the record; a crash between the two leaves the record for the next sweep.
 * @returns whether the data set was rejected by this call
 */
export async function interruptValidation(
  ports: Pick<Ports, "datasets" | "objects" | "clock">,
  workspaceId: string,
  datasetId: string,
): Promise<boolean> {
  const dataset = await ports.datasets.get(workspaceId, datasetId);
  if (dataset.status !== "validating") return false;
  const report: ValidationReport = {
    schema: "validation-report.v1",
    fileName: dataset.fileName,
    rowsRead: dataset.rowsRead,
    findings: [{ code: "validation-interrupted" }],
    omittedFindings: 0,
  };
  const reportKey = datasetArtefactKey(workspaceId, datasetId, "validation-report.json");
  await ports.objects.write(reportKey, new TextEncoder().encode(JSON.stringify(report)), "application/json");
  try {
    await ports.datasets.replace(rejectDataset(dataset, { reportKey, findingCount: 1 }, ports.clock().toISOString()));
    return true;
  } catch (error) {
    if (error instanceof VersionConflictError) return false;
    throw error;
  }
}
