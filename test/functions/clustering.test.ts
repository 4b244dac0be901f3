import type { RunStage } from "@systemhealer/contract/run";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { clusterRun } from "../../containers/trainer/src/cluster-run.ts";
import { UnwantedRunError } from "../../containers/trainer/src/replace-run.ts";
import { readyDatasetOf } from "./fixtures/ready-dataset.ts";
import { call, type TestSystem, testSystem } from "./fixtures/test-system.ts";

const workspaceId = "w-test";
const options = {
  heartbeatSeconds: 60,
  signal: new AbortController().signal,
  onBeatError: (error: unknown) => {
    throw error;
  },
};

/** Three groups of rows, which two KPIs tell apart, and no label. */
function unlabelledCsv(rows: number): Buffer<ArrayBuffer> {
  const lines = ["sample_id,node,cpu,disk,net"];
  for (let row = 0; row < rows; row++) {
    const wave = (k: number) => Math.sin(row * 12.9898 * k);
    lines.push(
      `${row + 1},n${row % 6},${50 * (row % 3) + wave(1)},${row % 3 === 1 ? 90 + wave(2) : wave(2)},${wave(3)}`,
    );
  }
  return Buffer.from(`${lines.join("\n")}\n`);
}

describe("from unlabelled rows to clusters to a labelled data set", () => {
  let system: TestSystem;
  let ports: Parameters<typeof clusterRun>[0];
  let api: typeof import("../../functions/api/main.ts").handler;
  let datasetId: string;

  beforeAll(async () => {
    system = await testSystem({}, { versioned: true });
    ports = { ...system, clock: () => new Date() };
    api = (await import("../../functions/api/main.ts")).handler;
    datasetId = await readyDatasetOf(system, unlabelledCsv(300), { purpose: "diagnosis" });
  });
  afterAll(() => system.close());

  async function order(body: Omit<Parameters<typeof call<"createClusteringRun">>[2]["body"], "datasetId"> = {}) {
    const created = await call(api, "createClusteringRun", { body: { datasetId, ...body } });
    expect(created).toMatchObject({ status: 202, body: { status: "queued", kind: "clustering" } });
    return created.body.runId as string;
  }

  async function register(runId: string): Promise<void> {
    const { handler } = await import("../../functions/workflow/register-model.ts");
    await handler({ workspaceId, runId });
  }

  async function clustered(): Promise<string> {
    const runId = await order({ method: "k-means", clusters: 3 });
    await clusterRun(ports, workspaceId, runId, options);
    await register(runId);
    return runId;
  }

  it("a clustering is the trainer's work and ends with the clusters and what they are", async () => {
    const runId = await clustered();
    expect(system.services.calls).toContainEqual(
      expect.objectContaining({ action: "StartExecution", input: expect.objectContaining({ name: runId }) }),
    );
    const { body: run } = await call(api, "getRun", { runId });
    expect(run).toMatchObject({
      status: "succeeded",
      method: "k-means",
      clusters: 3,
      result: { rows: 300, clusters: 3, noiseRows: 0 },
      progress: { stage: "registering" satisfies RunStage, fraction: 1 },
    });
    const { body: found } = await call(api, "getRunClusters", { runId });
    expect(found.clusters.map(({ rows }: { rows: number }) => rows)).toEqual([100, 100, 100]);
    expect(found.clusters[0].kpis[0]).toMatchObject({ name: expect.stringMatching(/cpu|disk/) });
    expect(found.map.points).toHaveLength(300);
    expect(found.kpiGroups).toMatchObject({ sampledRows: 300, leftOut: 0 });
    // Nodes n0 and n3 show one group of rows only, n1 and n4 another, n2 and n5 the third.
    const groupOf = new Map(
      found.nodeGroups.nodes.map((node: { name: string; group: number }) => [node.name, node.group]),
    );
    expect(found.nodeGroups.groups).toBe(3);
    for (const [one, other] of ["03", "14", "25"]) expect(groupOf.get(`n${one}`)).toBe(groupOf.get(`n${other}`));
    const download = await call(api, "downloadRun", { runId, body: { artefact: "clusters.csv" } });
    const csv = await (await fetch(download.body.url)).text();
    expect(csv.split("\n")).toHaveLength(302);
    const listed = await call(api, "listRuns", { query: { kind: "clustering" } });
    expect(listed.body.items.map((each: { runId: string }) => each.runId)).toContain(runId);
    await register(runId);
    expect((await call(api, "getRun", { runId })).body.version).toBe(run.version);
    expect((await call(api, "getRunSummary", { runId })).body.code).toBe("run-has-no-results");
  });

  it("names make a data set that goes through the same validation", async () => {
    const runId = await clustered();
    const names = { "0": "disk full", "1": "normal", "2": "disk full" };
    const created = await call(api, "labelClusters", {
      runId,
      body: { names: { "0": "disk full", "2": "normal" }, name: "named" },
    });
    expect(created).toMatchObject({ status: 201, body: { purpose: "training", status: "uploading", name: "named" } });
    const { objectKey } = await system.datasets.get(workspaceId, created.body.datasetId);
    const text = Buffer.from(await system.objects.readBytes(objectKey, 1e6)).toString();
    expect(text.split("\n")[0]).toBe("sample_id,node,cpu,disk,net,label");
    expect(text.trimEnd().split("\n")).toHaveLength(201);
    const again = await readyDatasetOf(system, Buffer.from(text), { purpose: "training" });
    expect((await call(api, "getDataset", { datasetId: again })).body.classes).toEqual([
      { name: "disk full", rows: 100 },
      { name: "normal", rows: 100 },
    ]);
    expect(await call(api, "labelClusters", { runId, body: { names } })).toMatchObject({ status: 201 });
  });

  it("found clusters that were lost are restored when they are looked at, and when they are named", async () => {
    const runId = await clustered();
    const run = await system.runs.get(workspaceId, runId);
    const { artefacts } = (run as Extract<typeof run, { kind: "clustering"; status: "succeeded" }>).result;
    const lose = async () => {
      for (const { objectKey } of artefacts) await system.objects.delete(objectKey);
    };
    await lose();
    expect(await call(api, "getRunClusters", { runId })).toMatchObject({ status: 200 });
    await lose();
    expect(await call(api, "labelClusters", { runId, body: { names: { "0": "slow" } } })).toMatchObject({
      status: 201,
    });
  });

  it("names that are none, or of no cluster, are refused", async () => {
    const runId = await clustered();
    const answer = async (names: Record<string, string>) => {
      const { status, body } = await call(api, "labelClusters", { runId, body: { names } });
      return [status, body.code];
    };
    expect(await answer({ "3": "x" })).toEqual([400, "no-such-cluster"]);
    expect(await answer({ "-1": "x" })).toEqual([400, "no-such-cluster"]);
    expect((await answer({ one: "x" }))[0]).toBe(400);
    expect((await answer({ "0": " " }))[0]).toBe(400);
    expect((await answer({}))[0]).toBe(400);
    const viewer = await call(api, "labelClusters", { runId, body: { names: { "0": "x" } } }, { groups: "[viewer]" });
    expect(viewer.status).toBe(403);
  });

  it("rows that cannot be grouped fail the run in words, and nothing stays", async () => {
    const constant = Buffer.from(`cpu,disk\n${"1,2\n".repeat(40)}`);
    const dull = await readyDatasetOf(system, constant, { purpose: "diagnosis" });
    const { body } = await call(api, "createClusteringRun", { body: { datasetId: dull } });
    await expect(clusterRun(ports, workspaceId, body.runId, options)).rejects.toThrow();
    const { body: run } = await call(api, "getRun", { runId: body.runId });
    expect(run).toMatchObject({
      status: "failed",
      failure: { code: "data-unusable", parameters: { reason: "cluster-no-informative-features" } },
    });
    const retried = await call(api, "retryRun", { runId: body.runId });
    expect(retried).toMatchObject({ status: 202, body: { kind: "clustering", retryOf: body.runId } });
  });

  it("a cancelled clustering is not worked on, and gives its data set free", async () => {
    const runId = await order();
    expect((await call(api, "cancelRun", { runId })).body.status).toBe("cancelled");
    await expect(clusterRun(ports, workspaceId, runId, options)).rejects.toThrow(UnwantedRunError);
    await register(runId);
    expect((await call(api, "getRun", { runId })).body.status).toBe("cancelled");
  });
});
