import { setTimeout as sleep } from "node:timers/promises";
import type { Client } from "@systemhealer/contract/client";
import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import { clientOf } from "./support/api.ts";
import { largeFile } from "./support/large-file.ts";
import { expectAccessible, signUp, texts, visitor } from "./support/visitor.ts";

const mebibyte = 1024 ** 2;
const numberOf = (address: string) => new URL(address).searchParams.get("partNumber");

/** Lets only the first part of a file through until it is opened; `arrived` are the numbers of parts that were stored. */
async function gate(page: Page) {
  const arrived: string[] = [];
  let isOpen = false;
  await page.route(
    (address) => address.searchParams.has("partNumber"),
    (route) => (isOpen || numberOf(route.request().url()) === "1" ? route.continue() : route.abort()),
  );
  page.on("response", (answer) => {
    const number = numberOf(answer.url());
    if (number !== null && answer.request().method() === "PUT" && answer.ok()) arrived.push(number);
  });
  const firstHasArrived = async () => {
    while (!arrived.includes("1")) await sleep(50);
  };
  return { arrived, firstHasArrived, open: () => (isOpen = true) };
}

/** The numbers of the parts that the storage has of the one file on its way. */
async function storedParts(client: Client): Promise<string[]> {
  const { items } = await client.call("listDatasets", { query: { status: "uploading" } });
  expect(items).toHaveLength(1);
  const { parts } = await client.call("getDatasetUpload", { datasetId: items[0]?.datasetId ?? "" });
  return parts.map((part) => String(part.number));
}

async function chooseLargeFile(page: Page, purpose: string): Promise<void> {
  await page.goto("/data/upload");
  await page.getByText(purpose, { exact: true }).first().click();
  const file = { name: "large.csv", mimeType: "text/csv", buffer: largeFile(20 * mebibyte) };
  await page.locator("input[type=file]").setInputFiles(file);
}

test("an upload that loses the connection says so, goes on by itself, and sends no part twice", async () => {
  await using guest = await visitor({ language: "en" });
  const { page, context } = guest;
  const { common, data, upload } = texts.en;
  await signUp(guest, "en");
  const parts = await gate(page);
  await chooseLargeFile(page, data.purpose.diagnosis);
  await parts.firstHasArrived();
  await context.setOffline(true);
  await page.getByText(common.offline).waitFor();
  await page.getByText(upload.interrupted).waitFor();
  await expectAccessible(page, "interrupted upload");
  expect(parts.arrived).toEqual(["1"]);

  parts.open();
  await context.setOffline(false);
  await page.getByText(common.online).waitFor();
  await page.getByRole("link", { name: upload.open }).waitFor();
  expect(parts.arrived.toSorted()).toEqual(["1", "2", "3"]);
});

test("after the page was closed, the same file goes on where it was; other files are refused", async () => {
  await using guest = await visitor({ language: "en" });
  const { page, context } = guest;
  const { data, upload } = texts.en;
  await signUp(guest, "en");
  const client = await clientOf(page);
  const first = await gate(page);
  await chooseLargeFile(page, data.purpose.diagnosis);
  await first.firstHasArrived();

  const later = await context.newPage();
  await page.close({ runBeforeUnload: false });
  const second = await gate(later);
  second.open();
  await later.goto("/");
  await later.getByRole("heading", { level: 1, name: upload.title }).waitFor();
  await later.getByText(upload.unfinished).waitFor();
  const input = later.locator("input[type=file]").last();
  await input.setInputFiles({ name: "large.csv", mimeType: "text/csv", buffer: largeFile(18 * mebibyte) });
  await later.getByText(upload.otherFile.replace("{{name}}", "large.csv")).waitFor();
  // A browser lets go of the requests that a test holds when their page closes: a part may have slipped through.
  const stored = await storedParts(client);
  expect(stored).toContain("1");
  await input.setInputFiles({ name: "large.csv", mimeType: "text/csv", buffer: largeFile(20 * mebibyte) });
  await later.getByRole("link", { name: upload.open }).waitFor();
  expect([...stored, ...second.arrived].toSorted()).toEqual(["1", "2", "3"]);
});

test("a cancelled upload leaves nothing behind", async () => {
  await using guest = await visitor({ language: "en" });
  const { page } = guest;
  const { data, upload } = texts.en;
  await signUp(guest, "en");
  const client = await clientOf(page);
  const parts = await gate(page);
  await chooseLargeFile(page, data.purpose.diagnosis);
  await parts.firstHasArrived();
  const uploading = () => client.call("listDatasets", { query: { status: "uploading" } });
  expect((await uploading()).items).toHaveLength(1);
  await page.getByRole("button", { name: upload.pause }).click();
  await page.getByText(upload.state.paused).first().waitFor();
  await page.getByRole("button", { name: upload.cancel, exact: true }).click();
  await page.getByText(upload.state.cancelled).first().waitFor();
  await expect.poll(async () => (await uploading()).items.length).toBe(0);
});
