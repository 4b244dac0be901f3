import type { Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type ClusterOwner, clusterOwner, diagnosedField } from "./support/cluster-owner.ts";
import { expectAccessible, expectNoSidewaysScroll, signIn, texts, visitor } from "./support/visitor.ts";

const rows = 10_000;
const { diagnosis } = texts.en;
let owner: ClusterOwner;
let page: Page;
let runId = "";

beforeAll(async () => {
  owner = await clusterOwner();
  page = owner.page;
  runId = await diagnosedField(owner.client, rows);
}, 400_000);

afterAll(() => owner.guest[Symbol.asyncDispose]());

async function openResult(): Promise<void> {
  await page.goto(`/diagnoses/${runId}`);
  await page.getByRole("heading", { level: 1, name: "field.csv" }).waitFor();
}

test("rows are paged by the server, filtered, searched, and shown with the columns that were chosen", async () => {
  await openResult();
  const table = page.getByRole("table", { name: diagnosis.rows });
  const firstRow = table.getByRole("row").nth(1);
  await firstRow.getByText("s-1", { exact: true }).waitFor();
  await page.getByRole("button", { name: "Page 500" }).click();
  await firstRow.getByText("s-9981", { exact: true }).waitFor();

  await page.getByRole("button", { name: new RegExp(`^${diagnosis.diagnosis} `) }).click();
  await page.getByRole("option", { name: "disk-slow" }).click();
  await table.getByText("disk-slow").first().waitFor();
  await table.getByText("cpu-saturated").waitFor({ state: "detached" });
  await page.getByRole("button", { name: texts.en.data.next }).click();
  await firstRow.getByText("disk-slow").waitFor();

  await page.getByLabel(diagnosis.search).fill("no-such-id");
  await page.getByText(diagnosis.noRows).waitFor();
  await page.getByRole("button", { name: diagnosis.clearFilter }).click();
  await page.getByLabel(diagnosis.search).fill("s-7777");
  await firstRow.getByText("s-7777", { exact: true }).waitFor();
  expect(await table.getByRole("row").count()).toBe(2);

  // A fault that is chosen before the typing rests stays chosen.
  await page.getByLabel(diagnosis.search).fill("s-77");
  await page.getByRole("button", { name: new RegExp(`^${diagnosis.diagnosis} `) }).click();
  await page.getByRole("option", { name: "disk-slow" }).click();
  const both = async () => {
    const rows = (await table.getByRole("row").allInnerTexts()).slice(1);
    return rows.length > 1 && rows.every((text) => text.includes("s-77") && text.includes("disk-slow"));
  };
  await expect.poll(both).toBe(true);

  await page.getByRole("button", { name: diagnosis.columns, exact: true }).click();
  await page
    .getByRole("switch", { name: "P(disk-slow)" })
    .or(page.getByRole("checkbox", { name: "P(disk-slow)" }))
    .click();
  await page.getByRole("button", { name: diagnosis.apply }).click();
  await page.reload();
  await page.getByRole("columnheader", { name: "P(disk-slow)" }).waitFor();
});

test("a row opens its explanation beside the table", async () => {
  await openResult();
  await page.getByRole("link", { name: "Open row 3", exact: true }).click();
  const panel = page.getByRole("region", { name: "Row 3" }).or(page.locator("[class*=split-panel]")).first();
  await panel.getByText(/^Why /).waitFor();
  await panel.getByText(/Mainly because/).waitFor();
  await expectAccessible(page, "row");
  await page.getByRole("button", { name: diagnosis.rowAfter }).click();
  await page.getByText("Row 4", { exact: true }).first().waitFor();
});

test("a click anywhere on a row opens it; marking text does not", async () => {
  await openResult();
  const table = page.getByRole("table", { name: diagnosis.rows });
  const cell = (row: number, text: string) =>
    table.getByRole("row").nth(row).getByText(text, { exact: true }).boundingBox();
  const panel = page.getByRole("button", { name: diagnosis.rowAfter });
  await table.scrollIntoViewIfNeeded();
  await table.getByText("s-2", { exact: true }).scrollIntoViewIfNeeded();
  const marked = (await cell(2, "s-2"))!;
  await page.mouse.move(marked.x + 1, marked.y + marked.height / 2);
  await page.mouse.down();
  await page.mouse.move(marked.x + marked.width, marked.y + marked.height / 2, { steps: 4 });
  await page.mouse.up();
  expect(await page.evaluate(() => getSelection()?.toString())).toContain("s-");
  expect(await panel.count()).toBe(0);
  await table.getByRole("row").nth(2).getByRole("cell").nth(2).click();
  await panel.waitFor();
  await page.getByText("Row 2", { exact: true }).first().waitFor();
});

test("on a phone, in Chinese: the same result, no wider than the window", async () => {
  await using other = await visitor({ language: "zh", width: 360 });
  await other.page.goto("/");
  await signIn(other.page, "zh", owner.email);
  await other.page.getByRole("heading", { level: 1, name: texts.zh.home.title }).waitFor();
  await other.page.goto(`/diagnoses/${runId}`);
  await other.page.locator(".chart-surface").waitFor();
  await expectAccessible(other.page, "result on a phone");
  await expectNoSidewaysScroll(other.page, "result");
  expect([...other.complaints, ...owner.guest.complaints]).toEqual([]);
});
