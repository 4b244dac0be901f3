import type { Client } from "@systemhealer/contract/client";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { clientOf, trained, uploaded } from "./support/api.ts";
import { tinyCluster } from "./support/tiny-cluster.ts";
import { codeSentTo, expectAccessible, password, signUp, texts, type Visitor, visitor } from "./support/visitor.ts";

const { auth, charts, diagnosis, home, upload } = texts.en;
let guest: Visitor;
let page: Page;
let client: Client;
let result = "";

beforeAll(async () => {
  guest = await visitor({ language: "en" });
  page = guest.page;
  await signUp(guest, "en");
  client = await clientOf(page);
  const datasetId = await uploaded(client, "known.csv", tinyCluster({ rows: 600, seed: 7, labelled: true }));
  const learner = { learner: "gbdt", rounds: 12, learningRate: 0.3 } as const;
  await trained(client, { datasetId, name: "Quick trees", settings: { learner, map: "pca", keepSample: false } });
}, 300_000);

afterAll(() => guest[Symbol.asyncDispose]());

test("a file of another environment, diagnosed with reasons: the page says that it is another, and offers the reasons", async () => {
  await page.goto("/diagnose");
  await page.getByRole("checkbox", { name: diagnosis.explain }).check();
  await page.getByLabel(upload.choose).setInputFiles({
    name: "elsewhere.csv",
    mimeType: "text/csv",
    buffer: Buffer.from(tinyCluster({ rows: 400, seed: 3, labelled: false, factor: 40 })),
  });
  await page.getByRole("heading", { level: 1, name: "elsewhere.csv" }).waitFor({ timeout: 120_000 });
  await page.getByText(diagnosis.shiftOther).waitFor({ timeout: 120_000 });
  await page.getByText("5 of 5 KPIs live in another range than in training").waitFor();
  await page.getByRole("button", { name: diagnosis.shiftTable }).click();
  const table = page.getByRole("table", { name: diagnosis.shiftTable });
  await table.getByText("disk_wait").waitFor();
  expect(await table.getByRole("row").count()).toBe(6);
  await expectAccessible(page, "shift notice");
  for (const name of ["explanations.csv", "explanations.json"]) {
    const [file] = await Promise.all([page.waitForEvent("download"), page.getByRole("button", { name }).click()]);
    expect(file.suggestedFilename()).toContain(name);
  }
  result = new URL(page.url()).pathname;
  expect(guest.complaints).toEqual([]);
});

test("a viewer, who may not ask the model, reads the stored reasons of a row", async () => {
  const email = `reader-${Date.now()}@example.com`;
  await client.call("inviteMember", { body: { email, role: "viewer" } });
  await using other = await visitor({ language: "en" });
  const asked: string[] = [];
  other.page.on("request", (request) => {
    if (request.method() === "POST" && request.url().endsWith("/v1/diagnoses")) asked.push(request.url());
  });
  await other.page.goto("/");
  await other.page.getByLabel(auth.email).fill(email);
  await other.page.getByLabel(auth.password, { exact: true }).fill(await codeSentTo(email));
  await other.page.getByRole("button", { name: auth.signIn, exact: true }).click();
  await other.page.getByLabel(auth.newPassword, { exact: true }).fill(password);
  await other.page.getByRole("button", { name: auth.setPassword }).click();
  await other.page.getByRole("heading", { level: 1, name: home.title }).waitFor();
  await other.page.goto(result);
  await other.page.getByRole("link", { name: "Open row 3", exact: true }).click();
  await other.page.getByText(/^Why /).waitFor();
  await other.page.locator(".contributions li").first().waitFor();
  await expectAccessible(other.page, "stored reasons");
  await other.page.getByRole("button", { name: diagnosis.rowAfter }).click();
  await other.page.getByText("Row 4", { exact: true }).first().waitFor();
  await other.page.getByText(/^Why /).waitFor();
  expect(asked).toEqual([]);
  expect(other.complaints).toEqual([]);
});

test("two fingers that part zoom into a chart, and fingers that close zoom out", async () => {
  await using phone = await visitor({ language: "en", width: 360 });
  const touched = phone.page;
  await signUp(phone, "en");
  const own = await clientOf(touched);
  const datasetId = await uploaded(own, "known.csv", tinyCluster({ rows: 300, seed: 9, labelled: true }));
  await touched.goto(`/data/${datasetId}`);
  const surface = touched.locator(".chart-surface").first();
  await surface.locator("svg rect").first().waitFor();
  await surface.scrollIntoViewIfNeeded();
  const range = touched.locator(".chart-range").first();
  const box = (await surface.boundingBox())!;
  const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
  const session = await touched.context().newCDPSession(touched);
  const touch = (type: "touchStart" | "touchMove" | "touchEnd", apart: number) =>
    session.send("Input.dispatchTouchEvent", {
      type,
      touchPoints: type === "touchEnd" ? [] : [x - apart, x + apart].map((at, id) => ({ x: at, y, id })),
    });
  const pinch = async (from: number, to: number) => {
    await touch("touchStart", from);
    for (let step = 1; step <= 6; step += 1) await touch("touchMove", from + ((to - from) * step) / 6);
    await touch("touchEnd", to);
  };
  const ticks = () => surface.locator("svg text").allTextContents();
  const before = await ticks();
  await pinch(15, 90);
  await range.filter({ hasText: /\d/ }).waitFor();
  expect(await ticks()).not.toEqual(before);
  await pinch(90, 10);
  await range.filter({ hasText: /\d/ }).waitFor({ state: "detached" });
  // Old ticks fade away.
  await expect.poll(ticks, { timeout: 10_000 }).toEqual(before);
  expect(await touched.evaluate(() => visualViewport?.scale)).toBe(1);
  expect(await touched.getByRole("button", { name: charts.reset }).first().isDisabled()).toBe(true);
  expect(phone.complaints).toEqual([]);
});
