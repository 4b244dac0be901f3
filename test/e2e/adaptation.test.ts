import type { Client } from "@systemhealer/contract/client";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { clientOf, diagnosed, trained, uploaded } from "./support/api.ts";
import { tinyCluster } from "./support/tiny-cluster.ts";
import { expectAccessible, expectNoSidewaysScroll, signUp, texts, type Visitor, visitor } from "./support/visitor.ts";

const settings = { learner: { learner: "extra-trees", trees: 20 }, map: "none" } as const;
const elsewhere = { rows: 240, seed: 3, labelled: false, factor: 4 } as const;
let guest: Visitor;
let page: Page;
let client: Client;
let elsewhereId = "";
let runId = "";

/** A model of one cluster, and a diagnosis of rows of another one with it. */
beforeAll(async () => {
  guest = await visitor({ language: "en" });
  page = guest.page;
  await signUp(guest, "en");
  client = await clientOf(page);
  const datasetId = await uploaded(client, "known.csv", tinyCluster({ rows: 300, seed: 7, labelled: true }));
  await trained(client, { datasetId, name: "First cluster", settings });
  await trained(client, { datasetId, name: "Without rows", settings: { ...settings, keepSample: false } });
  elsewhereId = await uploaded(client, "elsewhere.csv", tinyCluster(elsewhere), "diagnosis");
  runId = await diagnosed(client, elsewhereId);
}, 400_000);

afterAll(() => guest[Symbol.asyncDispose]());

test("rows of another environment: the result offers to fit the model, the fitting tells how sure it is, the new model diagnoses", async () => {
  const { adaptation, diagnosis, models, runs } = texts.en;
  await page.goto(`/diagnoses/${runId}`);
  await page.getByText(diagnosis.shiftOther).waitFor();
  await page.getByRole("link", { name: adaptation.title }).click();
  await page.getByRole("heading", { level: 1, name: adaptation.title }).waitFor();
  await page.getByRole("button", { name: new RegExp(`^${adaptation.model}.*First cluster`) }).waitFor();
  await page.getByRole("button", { name: /elsewhere\.csv/ }).waitFor();
  expect(await page.getByText(adaptation.notCarried).count()).toBe(0);
  await expectAccessible(page, "order of a fitting");
  await page.getByRole("button", { name: adaptation.start }).click();

  await page.getByText(runs.stages.adapting).waitFor();
  await expectAccessible(page, "fitting run");
  await page.getByRole("heading", { name: adaptation.statement }).waitFor({ timeout: 240_000 });
  const { reliable, usable, doubtful } = adaptation.verdict;
  await page.getByText(new RegExp(`^(${reliable}|${usable}|${doubtful})$`)).waitFor();
  await page.getByText(adaptation.notMeasured).waitFor();
  await page.getByText(adaptation.sourceRows).waitFor();
  await expectAccessible(page, "statement of a fitting");

  await page.getByRole("link", { name: adaptation.openResult }).click();
  await page.getByRole("heading", { level: 2, name: diagnosis.result }).waitFor();
  expect(await page.getByRole("link", { name: adaptation.title }).count()).toBe(0);
  await page.goBack();

  await page.getByRole("link", { name: adaptation.openModel }).click();
  await page.getByText(adaptation.adapted, { exact: true }).waitFor();
  await page.getByText(adaptation.notMeasured).waitFor();
  await expectAccessible(page, "fitted model");
  const modelId = new URL(page.url()).pathname.split("/").at(-1)!;
  await page.getByRole("link", { name: models.diagnoseWith }).click();
  await page.locator("input[type=file]").setInputFiles({
    name: "next-day.csv",
    mimeType: "text/csv",
    buffer: Buffer.from(tinyCluster({ ...elsewhere, seed: 11 })),
  });
  await page.getByRole("heading", { level: 1, name: "next-day.csv" }).waitFor();
  await page.getByRole("heading", { level: 2, name: diagnosis.result }).waitFor({ timeout: 120_000 });
  const run = await client.call("getRun", { runId: new URL(page.url()).pathname.split("/").at(-1)! });
  expect(run).toMatchObject({ kind: "diagnosis", modelId, status: "succeeded" });
  expect(guest.complaints).toEqual([]);
}, 500_000);

test("a model without training rows is not taken silently", async () => {
  const { adaptation } = texts.en;
  const { items } = await client.call("listModels", { query: {} });
  const { modelId } = items.find(({ name }) => name === "Without rows")!;
  await page.goto(`/adapt?model=${modelId}&dataset=${elsewhereId}`);
  await page.getByText(adaptation.notCarried).waitFor();
  await expectAccessible(page, "a model that cannot be fitted");
});

test("rows of the model's own environment: no new model is made, and only what was measured is told", async () => {
  const { adaptation } = texts.en;
  const rows = tinyCluster({ rows: 240, seed: 5, labelled: false });
  const ownId = await uploaded(client, "own.csv", rows, "diagnosis");
  const { items } = await client.call("listModels", { query: {} });
  const { modelId } = items.find(({ name }) => name === "First cluster")!;
  await page.goto(`/adapt?model=${modelId}&dataset=${ownId}`);
  await page.getByRole("button", { name: adaptation.start }).click();
  await page.getByRole("heading", { name: adaptation.noStatement }).waitFor({ timeout: 240_000 });
  await page.getByText(adaptation.verdict.unchanged).waitFor();
  await page.getByText(adaptation.sourceRows).waitFor();
  expect(await page.getByText(adaptation.reverseScore).count()).toBe(0);
  await expectAccessible(page, "rows that need no fitting");
  await page.getByRole("link", { name: adaptation.openOldModel }).click();
  await page.getByRole("heading", { level: 1, name: "First cluster" }).waitFor();
}, 300_000);

test("on a phone, in Chinese: a few rows with known faults make it surer, and the statement says so", async () => {
  const { adaptation, runs } = texts.zh;
  const few = tinyCluster({ rows: 15, seed: 21, labelled: true, factor: elsewhere.factor });
  await uploaded(client, "few.csv", few, "diagnosis");
  await page.evaluate(() => localStorage.setItem("systemhealer.language", '"zh"'));
  await page.setViewportSize({ width: 360, height: 740 });
  await page.goto(`/adapt?dataset=${elsewhereId}`);
  await page.getByRole("button", { name: new RegExp(`^${adaptation.labelled}`) }).click();
  await page.getByRole("option", { name: /few\.csv/ }).click();
  await expectAccessible(page, "order of a fitting on a phone");
  await page.getByRole("button", { name: adaptation.start }).click();
  await page.getByText(runs.stages.adapting).waitFor();
  await page.getByRole("heading", { name: adaptation.statement }).waitFor({ timeout: 240_000 });
  await page.getByText(adaptation.withLabels.replace("{{rows}}", "15")).waitFor();
  await expectAccessible(page, "statement of a fitting on a phone");
  await expectNoSidewaysScroll(page, "statement of a fitting on a phone");
  const { items } = await client.call("listRuns", { query: { kind: "adaptation" } });
  expect(items[0]).toMatchObject({ status: "succeeded", result: { labelledRows: 15, rows: elsewhere.rows } });
  expect(guest.complaints).toEqual([]);
}, 500_000);
