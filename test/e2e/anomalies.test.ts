import type { Client } from "@systemhealer/contract/client";
import { afterAll, beforeAll, expect, test } from "vitest";
import { clientOf, diagnosed, trained, uploaded } from "./support/api.ts";
import { nodeCluster } from "./support/node-cluster.ts";
import { expectAccessible, expectNoSidewaysScroll, signUp, texts, type Visitor, visitor } from "./support/visitor.ts";

let guest: Visitor;
let client: Client;
let healthyRun = "";
let sickDatasetId = "";

beforeAll(async () => {
  guest = await visitor({ language: "en" });
  await signUp(guest, "en");
  client = await clientOf(guest.page);
  const training = await uploaded(client, "known.csv", await nodeCluster({ rows: 8_000, seed: 3 }));
  const settings = { learner: { learner: "gbdt", rounds: 30 } } as const;
  const modelId = await trained(client, { datasetId: training, name: "cluster", settings });
  await client.call("activateModel", { modelId });
  const healthy = await nodeCluster({ rows: 1_600, seed: 5, healthy: true });
  healthyRun = await diagnosed(client, await uploaded(client, "healthy.csv", healthy, "diagnosis"));
  const sick = { node: "shard-1-leader", kpi: "disk_latency_milliseconds", factor: 400 };
  const rows = await nodeCluster({ rows: 1_600, seed: 5, healthy: true, sick });
  sickDatasetId = await uploaded(client, "sick.csv", rows, "diagnosis");
});

afterAll(() => guest[Symbol.asyncDispose]());

test("while all nodes are healthy, every KPI is shown within its normal range, node by node", async () => {
  const { page } = guest;
  const { diagnosis } = texts.en;
  await page.goto(`/diagnoses/${healthyRun}`);
  await page.getByRole("heading", { name: diagnosis.health.title }).waitFor();
  await page.getByText("All 27 KPIs of all 8 nodes are within their normal ranges").waitFor();
  const table = page.getByRole("table", { name: diagnosis.health.title });
  const states = await table.getByRole("row").allInnerTexts();
  expect(states).toHaveLength(9);
  for (const state of states.slice(1)) expect(state).toContain(diagnosis.health.well);
  await page.getByText(diagnosis.anomalousRows).first().waitFor();
  await expectAccessible(page, "a healthy cluster");
});

test("a threshold is chosen, the node that strays is named, and its rows tell z-scores", async () => {
  const { page, complaints } = guest;
  const { diagnosis, common } = texts.en;
  await page.goto(`/diagnose?dataset=${sickDatasetId}`);
  await page.getByLabel(diagnosis.threshold).fill("0.5");
  await page.getByText(diagnosis.thresholdWrong).waitFor();
  expect(await page.getByRole("button", { name: diagnosis.start }).isDisabled()).toBe(true);
  await page.getByLabel(diagnosis.threshold).fill("4");
  await page.getByRole("button", { name: diagnosis.start }).click();
  await page.getByText("7 of 8 nodes have all 27 KPIs within their normal ranges").waitFor({ timeout: 120_000 });
  await page.getByText("at a threshold of 4 standard deviations").waitFor();
  const table = page.getByRole("table", { name: diagnosis.health.title });
  const [, first = ""] = await table.getByRole("row").allInnerTexts();
  expect(first).toContain("shard-1-leader");
  expect(first).toContain("disk_latency_milliseconds above");

  await page.getByLabel(diagnosis.anomalous, { exact: false }).last().click();
  const filtered = page.waitForResponse((response) => response.url().includes("anomalous=true"));
  await page.getByRole("option", { name: common.yes, exact: true }).click();
  await filtered;
  const rows = page.getByRole("table", { name: diagnosis.rows });
  // Rows of the leader of the first shard are every eighth of the file.
  await rows.getByRole("link", { name: diagnosis.openRow.replace("{{row}}", "3"), exact: true }).click();
  await page.getByText(diagnosis.isAnomalous).waitFor();
  const straying = page.getByRole("table", { name: diagnosis.straying });
  await straying.getByText("disk_latency_milliseconds").waitFor();
  expect(await straying.innerText()).toMatch(/\(above\)[\s\S]*\+\d/);
  await expectAccessible(page, "an anomalous row");
  expect(complaints).toEqual([]);
});

test("KPIs that move together and nodes that behave alike stand beside the groups of rows", async () => {
  const { page } = guest;
  const { clusters } = texts.en;
  const { runId } = await client.call("createClusteringRun", { body: { datasetId: sickDatasetId, method: "k-means" } });
  await page.goto(`/clusters/${runId}`);
  await page.getByRole("heading", { name: clusters.kpiGroups }).waitFor({ timeout: 120_000 });
  const groups = page.getByRole("table", { name: clusters.kpiGroupList });
  await groups
    .getByText(/requests_per_second/)
    .first()
    .waitFor();
  const nodes = page.getByRole("table", { name: clusters.nodeGroups });
  const kindOf = async (name: string) =>
    (await nodes.getByRole("row").filter({ hasText: name }).innerText()).match(/Kind \d/)?.[0];
  expect(await kindOf("gateway-1")).toBe(await kindOf("gateway-2"));
  expect(await kindOf("gateway-1")).not.toBe(await kindOf("shard-2-leader"));
  await expectAccessible(page, "groups of KPIs and nodes");
});

test("on a phone, in Chinese, it all fits the window", async () => {
  const { page } = guest;
  const { clusters } = texts.zh;
  const { items } = await client.call("listRuns", { query: { kind: "clustering" } });
  await page.evaluate(() => localStorage.setItem("systemhealer.language", '"zh"'));
  await page.setViewportSize({ width: 360, height: 740 });
  await page.goto(`/clusters/${items[0]!.runId}`);
  await page.getByRole("heading", { name: clusters.nodeGroups }).waitFor();
  await expectNoSidewaysScroll(page, "groups on a phone");
  await page.goto(`/diagnoses/${healthyRun}`);
  await page.getByText("全部 8 个节点的 27 个指标都在正常范围内").waitFor();
  await expectNoSidewaysScroll(page, "normal ranges on a phone");
  await expectAccessible(page, "normal ranges on a phone");
});
