import type { Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { trained } from "./support/api.ts";
import { type ClusterOwner, clusterOwner } from "./support/cluster-owner.ts";
import { tinyCluster } from "./support/tiny-cluster.ts";
import { expectAccessible, expectNoSidewaysScroll, signIn, texts, visitor } from "./support/visitor.ts";

const { diagnosis } = texts.en;
let owner: ClusterOwner;
let page: Page;

beforeAll(async () => {
  owner = await clusterOwner();
  page = owner.page;
}, 400_000);

afterAll(() => owner.guest[Symbol.asyncDispose]());

test("a paste too long for a field is told by its size, and can be cleared", async () => {
  await page.goto("/diagnose?way=rows");
  const field = page.getByLabel(diagnosis.pasteLabel, { exact: true });
  await field.waitFor();
  const paste = (text: string) =>
    field.evaluate((element, pasted) => {
      const clipboardData = new DataTransfer();
      clipboardData.setData("text/plain", pasted);
      element.dispatchEvent(new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true }));
    }, text);
  const line = "1.25,0.5\n";
  await paste(`cpu_load,no_such\n${line.repeat(100_000)}`);
  await page.getByText(diagnosis.pasteLong.replace("{{size}}", "900 kB")).waitFor();
  await page.getByText("100,000 rows; at most 1,000 at once").waitFor();
  expect((await field.inputValue()).length).toBeLessThan(3_000);
  await expectAccessible(page, "a long paste");
  await page.getByRole("button", { name: diagnosis.pasteClear, exact: true }).click();
  expect(await field.inputValue()).toBe("");
  expect(await field.evaluate((element) => element === document.activeElement)).toBe(true);
  // Long by its notes, yet few enough rows.
  const [names, ...lines] = new TextDecoder()
    .decode(tinyCluster({ rows: 3, seed: 5, labelled: false }))
    .trim()
    .split("\n");
  const note = "n".repeat(100_000);
  await paste([`${names},note`, ...lines.map((values) => `${values},${note}`)].join("\n"));
  await page.getByText("Rows: 3, with 5 of the model’s KPIs.").waitFor();
  await page.getByRole("button", { name: diagnosis.diagnoseRows }).click();
  await page.getByRole("link", { name: "Open row s-2", exact: true }).waitFor();
});

test("pasted rows are diagnosed at once; faults name row and column", async () => {
  await page.goto("/diagnose?way=rows");
  const text = new TextDecoder().decode(tinyCluster({ rows: 30, seed: 5, labelled: false }));
  const field = page.getByLabel(diagnosis.pasteLabel, { exact: true });
  await field.fill(text.replace(/\n(s-2),[^,]*,/, "\n$1,hot,"));
  await page.getByText("row 2, column cpu_load: “hot” is no number").waitFor();
  await expectAccessible(page, "paste with a fault");
  await field.fill(text.replaceAll(",", "\t"));
  await page.getByText(diagnosis.pasteRead.replace("{{rows}}", "30").replace("{{columns}}", "5")).waitFor();
  await page.getByRole("button", { name: diagnosis.diagnoseRows }).click();
  await page.getByRole("heading", { name: diagnosis.chart.bar }).waitFor();
  await page.getByRole("link", { name: "Open row s-2", exact: true }).click();
  await page.getByText(/^Why /).waitFor();
  await expectAccessible(page, "pasted rows");
});

test("one row: usual values at first, and an answer that follows what is typed", async () => {
  await page.goto("/diagnose?way=row");
  const field = page.getByLabel("cpu_load", { exact: true });
  await field.waitFor();
  expect(Number(await field.inputValue())).toBeGreaterThan(0);
  await page.getByText(/^Why /).waitFor();
  await expectAccessible(page, "one row");
  await field.fill("much");
  await page.getByText(texts.en.train.notNumber).waitFor();
  await field.fill("85");
  await page.getByLabel("disk_wait", { exact: true }).fill("20");
  await page.getByLabel("packet_loss", { exact: true }).fill("20");
  await page.getByText("Why cpu-saturated?").waitFor();
});

test("what was pasted or typed stays when another model or another way is looked at", async () => {
  const { client } = owner;
  const { items } = await client.call("listModels", { query: {} });
  const { name: former, datasetId } = items[0]!;
  await trained(client, {
    datasetId: datasetId!,
    name: "Second",
    settings: { learner: { learner: "linear" }, map: "none" },
  });
  await page.goto("/diagnose?way=rows");
  const pasted = page.getByRole("textbox", { name: diagnosis.pasteLabel });
  const rows = new TextDecoder().decode(tinyCluster({ rows: 30, seed: 5, labelled: false }));
  await pasted.fill(rows);
  await page.getByRole("button", { name: diagnosis.diagnoseRows }).click();
  const answers = page.getByRole("heading", { name: diagnosis.chart.bar });
  await answers.waitFor();
  const chooseModel = async (name: string) => {
    await page.getByRole("button", { name: new RegExp(`^${diagnosis.model} `) }).click();
    await page.getByRole("option", { name }).click();
  };
  await chooseModel("Second");
  await expect.poll(() => answers.count()).toBe(0);
  expect(await pasted.inputValue()).toBe(rows);
  await page.getByRole("tab", { name: diagnosis.way.row }).click();
  const typed = page.getByLabel("cpu_load", { exact: true });
  await typed.fill("85");
  await chooseModel(former);
  await typed.waitFor();
  expect(await typed.inputValue()).toBe("85");
  await page.getByRole("tab", { name: diagnosis.way.rows }).click();
  expect(await pasted.inputValue()).toBe(rows);
  await page.getByRole("tab", { name: diagnosis.way.row }).click();
  await page.getByRole("button", { name: diagnosis.usualValues }).click();
  expect(await typed.inputValue()).not.toBe("85");
  expect(owner.guest.complaints).toEqual([]);
});

test("a file that is not taken says why", async () => {
  await page.goto("/diagnose");
  const choose = (...names: readonly string[]) =>
    page
      .locator("input[type=file]")
      .setInputFiles(names.map((name) => ({ name, mimeType: "text/csv", buffer: Buffer.from("cpu_load\n1\n") })));
  const threshold = page.getByLabel(diagnosis.threshold);
  const usual = await threshold.inputValue();
  await threshold.fill("99");
  await choose("fresh.csv");
  const { notTaken } = diagnosis;
  await page.getByText(notTaken.threshold.replace("{{name}}", "fresh.csv")).first().waitFor();
  await threshold.fill(usual);
  await choose("fresh.pdf");
  await page.getByText(texts.en.upload.wrongType.replace("{{name}}", "fresh.pdf")).first().waitFor();
  expect(await page.getByText(notTaken.threshold.replace("{{name}}", "fresh.csv")).count()).toBe(0);
  expect(new URL(page.url()).pathname).toBe("/diagnose");
});

test("a file is diagnosed from the page", async () => {
  await page.goto("/diagnose");
  await page.locator("input[type=file]").setInputFiles({
    name: "fresh.csv",
    mimeType: "text/csv",
    buffer: Buffer.from(tinyCluster({ rows: 50, seed: 3, labelled: false })),
  });
  await page.getByRole("heading", { level: 1, name: "fresh.csv" }).waitFor();
  await page.getByRole("heading", { name: diagnosis.chart.bar }).waitFor({ timeout: 120_000 });
  expect(new URL(page.url()).pathname).toMatch(/^\/diagnoses\//);
});

test("on a phone, in Chinese: each way is no wider than the window", async () => {
  await using other = await visitor({ language: "zh", width: 360 });
  await other.page.goto("/");
  await signIn(other.page, "zh", owner.email);
  await other.page.getByRole("heading", { level: 1, name: texts.zh.home.title }).waitFor();
  for (const way of ["file", "rows", "row"] as const) {
    await other.page.goto(`/diagnose?way=${way}`);
    await other.page.getByRole("heading", { level: 2 }).first().waitFor();
    await expectNoSidewaysScroll(other.page, way);
  }
  await other.page.getByRole("heading", { level: 2, name: texts.zh.diagnosis.answer }).waitFor();
  expect([...other.complaints, ...owner.guest.complaints]).toEqual([]);
});
