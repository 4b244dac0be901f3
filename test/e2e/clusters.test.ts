import type { Client } from "@systemhealer/contract/client";
import { afterAll, beforeAll, expect, test } from "vitest";
import { clientOf, uploaded } from "./support/api.ts";
import { tinyCluster } from "./support/tiny-cluster.ts";
import { expectAccessible, expectNoSidewaysScroll, signUp, texts, type Visitor, visitor } from "./support/visitor.ts";

let guest: Visitor;
let client: Client;
let datasetId = "";

beforeAll(async () => {
  guest = await visitor({ language: "en" });
  await signUp(guest, "en");
  client = await clientOf(guest.page);
  datasetId = await uploaded(client, "field.csv", tinyCluster({ rows: 600, seed: 5, labelled: false }), "diagnosis");
});

afterAll(() => guest[Symbol.asyncDispose]());

test("unlabelled rows are grouped, the groups are named, and a model is trained on the names", async () => {
  const { page, complaints } = guest;
  const { clusters, runs, train } = texts.en;
  await page.goto(`/data/${datasetId}`);
  await page.getByRole("link", { name: clusters.title }).click();
  await page.getByText(clusters.methods.hdbscan, { exact: true }).click();
  await page.getByText(clusters.given, { exact: true }).click();
  await page.getByLabel(clusters.howMany).fill("0");
  expect(await page.getByRole("button", { name: clusters.start }).isDisabled()).toBe(true);
  await page.getByLabel(clusters.howMany).fill("3");
  await expectAccessible(page, "search for fault patterns");
  await page.getByText(clusters.automatic, { exact: true }).click();
  await page.getByRole("button", { name: clusters.start }).click();

  await page.getByRole("heading", { name: clusters.nameTitle }).waitFor();
  await page.getByText("of 600 rows shown").waitFor();
  const groups = page.locator(".cluster-list > li");
  expect(await groups.count()).toBeGreaterThanOrEqual(3);
  await groups.first().getByText("cpu_load").first().waitFor();
  await groups.first().getByText(clusters.exemplars).waitFor();
  await groups.first().getByRole("button", { name: clusters.typicalRows }).click();
  const typical = groups.first().getByRole("table");
  const [header, ...lines] = await typical.getByRole("row").allInnerTexts();
  expect(header).toMatch(/Row [\d,]+.*Row [\d,]+.*Row [\d,]+/s);
  expect(header).toContain(clusters.restMedian);
  const ofLoad = lines.find((line) => line.startsWith("cpu_load"));
  expect(
    ofLoad
      ?.split(/\s+/)
      .slice(1)
      .every((figure) => Number.isFinite(Number(figure))),
  ).toBe(true);
  expect(await page.getByRole("button", { name: clusters.make }).isDisabled()).toBe(true);
  await expectAccessible(page, "fault patterns");

  // Two groups share a name; every other one is left without.
  for (const [number, name] of ["processor", "disk", "disk"].entries()) {
    await page.getByLabel(`Fault class of Group ${number + 1}`, { exact: true }).fill(name);
    await page.keyboard.press("Escape");
  }
  await page.getByText(/^2 classes, \d+ of 600 rows/).waitFor();
  await page.reload();
  expect(await page.getByLabel("Fault class of Group 1", { exact: true }).inputValue()).toBe("processor");
  await page.getByRole("button", { name: clusters.make }).click();
  await page.getByRole("link", { name: clusters.train }).click();
  await page.getByRole("heading", { level: 1, name: train.title }).waitFor();
  await page.getByText("field.csv, labelled").first().waitFor();
  const labelled = await client.call("getDataset", { datasetId: new URL(page.url()).searchParams.get("dataset")! });
  expect(labelled.status === "ready" && labelled.classes.map(({ name }) => name)).toEqual(["disk", "processor"]);

  await page.getByLabel(train.fields.learner, { exact: true }).click();
  await page.getByRole("option", { name: train.options.gbdt }).click();
  await page.getByRole("button", { name: train.start }).click();
  await page.getByRole("heading", { name: runs.result }).waitFor({ timeout: 180_000 });
  expect(complaints).toEqual([]);
}, 300_000);

test("on a phone, in Chinese, the groups fit the window, and the run leads to them", async () => {
  const { page } = guest;
  const { clusters, runs } = texts.zh;
  const { items } = await client.call("listRuns", { query: { kind: "clustering" } });
  await page.evaluate(() => localStorage.setItem("systemhealer.language", '"zh"'));
  await page.setViewportSize({ width: 360, height: 740 });
  await page.goto(`/runs/${items[0]!.runId}`);
  await page.getByRole("heading", { name: runs.result }).waitFor();
  await page.getByRole("link", { name: clusters.open }).click();
  await page.getByRole("heading", { name: clusters.nameTitle }).waitFor();
  await expectAccessible(page, "fault patterns on a phone");
  await page.goto("/clusters");
  await page.getByRole("button", { name: clusters.start }).waitFor();
  await expectNoSidewaysScroll(page, "search on a phone");
});
