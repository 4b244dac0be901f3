import type { ClusteringRun } from "@systemhealer/contract/run";
import { expectDataset } from "@systemhealer/domain/dataset";
import { RunFailedError } from "@systemhealer/domain/errors";
import type { Ports } from "@systemhealer/domain/ports/ports";
import { startRun } from "@systemhealer/domain/run";
import { assignmentsCsv } from "@systemhealer/ml/cluster/assignments-csv";
import { type Clustering, clusterRows } from "@systemhealer/ml/cluster/cluster-rows";
import { ClusteringError } from "@systemhealer/ml/cluster/clustering-error";
import type { Table } from "@systemhealer/ml/table/table";
import { readDataset } from "./read-dataset.ts";
import { replaceRun, UnwantedRunError } from "./replace-run.ts";
import { type Work, type WorkOptions, workOnRun } from "./work-on-run.ts";
import { writeRunFiles } from "./write-artefacts.ts";

type RunningClustering = Extract<ClusteringRun, { status: "running" }>;
type ClusterPorts = Pick<Ports, "runs" | "datasets" | "models" | "objects" | "clock">;

/** The same order gives the same clusters. */
const seed = 0;
/** Where reading ends on the way from 0 to 1. */
const readFraction = 0.1;

/**
 * Groups the rows of a queued run's data set and leaves `clusters.csv` and `clusters.json` for the registration; labels
 * are not looked at. A failure is on the run in words before it is thrown.
 * @throws UnwantedRunError, the signal's reason, or what made the clustering fail
 */
export async function clusterRun(
  ports: ClusterPorts,
  workspaceId: string,
  runId: string,
  options: WorkOptions,
): Promise<void> {
  const queued = await ports.runs.get(workspaceId, runId);
  if (queued.kind !== "clustering" || queued.status !== "queued") {
    throw new UnwantedRunError(`the run is ${queued.status}, not queued`);
  }
  const run = await replaceRun(ports, startRun(queued, ports.clock().toISOString()) as RunningClustering);
  await workOnRun(ports, run, options, (work) => cluster(ports, run, work));
}

async function cluster(ports: ClusterPorts, run: RunningClustering, { tell, signal }: Work): Promise<void> {
  const { workspaceId, method, clusters } = run;
  const dataset = expectDataset(await ports.datasets.get(workspaceId, run.datasetId), "ready");
  const table = await readDataset(ports.objects, dataset, signal, { labels: "ignored", keepNodes: true });
  const found = await grouped(table, {
    method,
    clusters,
    seed,
    signal,
    onProgress: (share) =>
      tell({ stage: "clustering", fraction: readFraction + (1 - readFraction) * share, curve: [] }),
  });
  signal.throwIfAborted();
  await writeClusters(ports, run, table.rowCount, found);
}

async function grouped(table: Table, options: Parameters<typeof clusterRows>[1]): Promise<Clustering> {
  try {
    return await clusterRows(table, options);
  } catch (cause) {
    if (!(cause instanceof ClusteringError)) throw cause;
    const parameters = { reason: `cluster-${cause.reason}`, rows: table.rowCount, features: table.featureNames.length };
    throw new RunFailedError("data-unusable", parameters, { cause });
  }
}

async function writeClusters(
  { objects }: ClusterPorts,
  run: RunningClustering,
  rows: number,
  { assignments, ...found }: Clustering,
): Promise<void> {
  async function* csv() {
    for (const lines of assignmentsCsv(assignments)) yield Buffer.from(lines);
  }
  const json = Buffer.from(JSON.stringify({ schema: "clusters.v1", rows, ...found }));
  await writeRunFiles(objects, run, [
    { name: "clusters.csv", body: csv(), contentType: "text/csv; charset=utf-8" },
    { name: "clusters.json", body: json, contentType: "application/json" },
  ]);
}
