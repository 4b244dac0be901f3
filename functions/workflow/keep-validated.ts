import type { DatasetIn } from "@systemhealer/contract/dataset";
import { Histograms } from "@systemhealer/contract/histograms";
import { Profile } from "@systemhealer/contract/profile";
import { ValidationReport } from "@systemhealer/contract/validation-report";
import { readyDataset, rejectDataset } from "@systemhealer/domain/dataset";
import { NotFoundError } from "@systemhealer/domain/errors";
import { datasetArtefactKey, datasetPrefix } from "@systemhealer/domain/object-keys";
import type { Ports } from "@systemhealer/domain/ports/ports";
import type { Validated } from "./validate-stored.ts";

type KeepPorts = Pick<Ports, "datasets" | "objects" | "clock">;
type Validating = DatasetIn<"validating">;

/**
 * Order: profile or report, then the record, then the bytes of a rejected file go. A crash before the record leaves the
 * validation to be repeated; after it, bytes that go with the data set.
 */
export async function keepValidated(
  ports: KeepPorts,
  dataset: Validating,
  validated: Validated,
): Promise<DatasetIn<"ready"> | DatasetIn<"rejected">> {
  const next = validated.ok
    ? await keepProfile(ports, dataset, validated)
    : await keepReport(ports, dataset, ValidationReport.parse(validated.report));
  try {
    await ports.datasets.replace(next);
  } catch (error) {
    if (await isGone(ports, dataset)) {
      await ports.objects.deletePrefix(datasetPrefix(dataset.workspaceId, dataset.datasetId));
    }
    throw error;
  }
  if (next.status === "rejected") await ports.objects.delete(dataset.objectKey);
  return next;
}

async function keepProfile(ports: KeepPorts, dataset: Validating, validated: Extract<Validated, { ok: true }>) {
  const { dataKey } = validated;
  const profile = Profile.parse(validated.profile);
  await writeJson(ports, dataset, "histograms.json", Histograms.parse(validated.histograms));
  const profileKey = await writeJson(ports, dataset, "profile.json", profile);
  return readyDataset(dataset, profile, { dataKey, profileKey }, ports.clock().toISOString());
}

async function keepReport(ports: KeepPorts, dataset: Validating, report: ValidationReport) {
  const reportKey = await writeJson(ports, dataset, "validation-report.json", report);
  const findingCount = report.findings.length + report.omittedFindings;
  return rejectDataset(dataset, { reportKey, findingCount }, ports.clock().toISOString());
}

async function writeJson(
  { objects }: KeepPorts,
  { workspaceId, datasetId }: Validating,
  name: "profile.json" | "histograms.json" | "validation-report.json",
  value: object,
): Promise<string> {
  const key = datasetArtefactKey(workspaceId, datasetId, name);
  await objects.write(key, new TextEncoder().encode(JSON.stringify(value)), "application/json");
  return key;
}

/** Deleted while it was being read. */
async function isGone({ datasets }: KeepPorts, { workspaceId, datasetId }: Validating): Promise<boolean> {
  try {
    await datasets.get(workspaceId, datasetId);
    return false;
  } catch (error) {
    return error instanceof NotFoundError;
  }
}
