import type { Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { clientOf, uploaded } from "./support/api.ts";
import { tinyCluster } from "./support/tiny-cluster.ts";
import { expectAccessible, signUp, texts, type Visitor, visitor } from "./support/visitor.ts";

const { runs, train } = texts.en;
let guest: Visitor;
let page: Page;
let datasetId = "";

beforeAll(async () => {
  guest = await visitor({ language: "en" });
  page = guest.page;
  await signUp(guest, "en");
  const bytes = tinyCluster({ rows: 300, seed: 7, labelled: true });
  datasetId = await uploaded(await clientOf(page), "known.csv", bytes);
});

afterAll(() => guest[Symbol.asyncDispose]());

test("while learners are compared, the page shows which were tried, their scores so far and what learns now", async () => {
  await page.goto(`/train?dataset=${datasetId}`);
  await page.getByLabel(train.fields.budgetSeconds).fill("20");
  await page.getByRole("button", { name: train.start }).click();
  const table = page.getByRole("table", { name: runs.standings });
  await table.getByText(runs.standing.fitting).waitFor();
  await expectAccessible(page, "training while learners are compared");
  await page.getByRole("heading", { name: runs.result }).waitFor({ timeout: 200_000 });

  // What was compared stays to be read.
  expect(await table.getByText(runs.standing.fitting).count()).toBe(0);
  const rows = await table.getByRole("row").allInnerTexts();
  for (const learner of [train.options.linear, train.options.gbdt]) {
    expect(rows.find((row) => row.includes(learner))).toMatch(/0\.\d|\b1\b/);
  }
  expect(guest.complaints).toEqual([]);
});

test("the same order again takes the model that is there and names its run; training anew trains", async () => {
  const first = new URL(page.url()).pathname;
  await page.getByRole("link", { name: runs.clone }).click();
  await page.getByRole("checkbox", { name: train.anew }).waitFor();
  expect(await page.getByRole("checkbox", { name: train.anew }).isChecked()).toBe(false);
  await page.getByRole("button", { name: train.start }).click();
  await page.getByText(runs.reused).waitFor();
  expect(new URL(page.url()).pathname).not.toBe(first);
  const repeated = page.url();
  await page.getByRole("link", { name: runs.reusedRun }).click();
  await page.waitForURL((address) => address.pathname === first);

  await page.goto(repeated);
  await page.getByRole("link", { name: train.anew }).click();
  await page.getByRole("checkbox", { name: train.anew, checked: true }).waitFor();
  await expectAccessible(page, "training anew");
  // The settings are open, as they were changed once, and reach far below the window.
  const { height } = page.viewportSize()!;
  expect(await page.evaluate(() => document.documentElement.scrollHeight)).toBeGreaterThan(1.5 * height);
  const start = await page.getByRole("button", { name: train.start }).boundingBox();
  expect(start!.y + start!.height).toBeLessThanOrEqual(height);
  await page.getByRole("button", { name: train.start }).click();
  await page.getByRole("button", { name: runs.cancel }).click();
  await page.getByText(runs.cancelledTitle).waitFor();
  expect(await page.getByText(runs.reused).count()).toBe(0);
  expect(guest.complaints).toEqual([]);
});
