import { Clusters } from "@systemhealer/contract/clusters";
import type { DatasetIn } from "@systemhealer/contract/dataset";
import { announceDataset, datasetView, expectDataset } from "@systemhealer/domain/dataset";
import { InvalidError } from "@systemhealer/domain/errors";
import { newDatasetId } from "@systemhealer/domain/ids";
import { expectRoomFor } from "@systemhealer/domain/use-cases/check-quotas";
import { readData } from "@systemhealer/domain/use-cases/read-data";
import { readJson } from "@systemhealer/domain/use-cases/read-json";
import { readAssignments } from "@systemhealer/ml/cluster/assignments-csv";
import { labelRows } from "@systemhealer/ml/cluster/label-rows";
import { clusteringArtefact } from "../artefacts.ts";
import type { Handler, Services } from "../services.ts";
import { storedArtefact } from "../stored-artefact.ts";

/** What can be labelled while a caller waits; larger files are labelled by the command on the user's machine. */
const mostBytes = 64 * 1024 ** 2;
const writtenWithinMs = 5 * 60_000;

/**
 * Writes the rows of the named clusters with their names to where uploads arrive, so that their arrival starts the same
 * validation. Order as in a drop: the record, then the bytes; the sweeper takes away a record whose bytes never came.
 */
export const labelClusters: Handler<"labelClusters"> = async ({ path, body }, caller, services) => {
  const { workspaceId } = caller;
  const run = await services.runs.get(workspaceId, path.runId);
  const found = await storedArtefact(
    services,
    { workspaceId, id: path.runId },
    clusteringArtefact(run, "clusters.csv"),
  );
  const source = expectDataset(await services.datasets.get(workspaceId, run.datasetId), "ready");
  // Of the rows as they are read, which of a compressed file is more than was sent.
  const { sizeBytes } = await services.objects.head(source.dataKey);
  if (sizeBytes > mostBytes) throw new InvalidError("file-too-large", { found: sizeBytes, expected: mostBytes });
  const names = await namesOf(services, run, body.names);
  await expectRoomFor(services, workspaceId, sizeBytes, services.limits);
  const now = services.clock();
  const announced = announceDataset(
    {
      ...{ workspaceId, datasetId: newDatasetId(), createdBy: caller.userId },
      name: body.name ?? source.name,
      fileName: source.fileName.replace(/\.gz$/i, ""),
      purpose: "training",
      followUp: "none",
      origin: "upload",
      sizeBytes,
      upload: { mode: "single" },
      expiresAt: new Date(now.getTime() + writtenWithinMs).toISOString(),
    },
    now.toISOString(),
  );
  const { body: assignments } = await services.objects.read(found.objectKey);
  const labelled = await labelledBytes(services, source, await readAssignments(assignments), names, body.unnamed);
  await services.datasets.create(announced);
  await services.objects.write(announced.objectKey, labelled, "text/csv; charset=utf-8");
  return datasetView(await services.datasets.get(workspaceId, announced.datasetId));
};

async function labelledBytes(
  services: Services,
  source: DatasetIn<"ready">,
  assignments: Int32Array,
  names: ReadonlyMap<number, string>,
  unnamed: "omit" | "keep",
): Promise<AsyncIterable<Uint8Array>> {
  const { body } = await readData(services, source);
  return labelRows(body, {
    assignments,
    names,
    unnamed,
    ...(source.labelColumn !== undefined && { labelColumn: source.labelColumn }),
  });
}

/** @throws InvalidError for a name of a cluster that the run has not found */
async function namesOf(
  services: Services,
  run: Parameters<typeof clusteringArtefact>[0],
  given: Readonly<Record<string, string>>,
): Promise<ReadonlyMap<number, string>> {
  const owner = { workspaceId: run.workspaceId, id: run.runId };
  const { objectKey } = await storedArtefact(services, owner, clusteringArtefact(run, "clusters.json"));
  const { clusters, noiseRows } = await readJson(services, objectKey, Clusters);
  const names = new Map(Object.entries(given).map(([cluster, name]) => [Number(cluster), name.trim()]));
  for (const cluster of names.keys()) {
    if (cluster >= clusters.length || (cluster < 0 && noiseRows === 0))
      throw new InvalidError("no-such-cluster", { cluster });
  }
  return names;
}
