import { afterAll, beforeAll, expect, test } from "vitest";
import { clientOf, trained, uploaded } from "./support/api.ts";
import { tinyCluster } from "./support/tiny-cluster.ts";
import { expectAccessible, signUp, texts, type Visitor, visitor } from "./support/visitor.ts";

const { common, models, nav } = texts.en;
let guest: Visitor;
let modelId = "";

beforeAll(async () => {
  guest = await visitor({ language: "en" });
  await signUp(guest, "en");
  const client = await clientOf(guest.page);
  const datasetId = await uploaded(client, "known.csv", tinyCluster({ rows: 200, seed: 7, labelled: true }));
  const settings = { learner: { learner: "linear", iterations: 20 }, map: "pca", keepSample: false } as const;
  modelId = await trained(client, { datasetId, name: "Plain line", settings });
}, 400_000);

afterAll(() => guest[Symbol.asyncDispose]());

test("a part that fails says so with an id that can be copied; the other parts of the page and the way on stay", async () => {
  const { page, context } = guest;
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  // A table of the classes that no page can draw.
  await page.route("**/summary", async (route) => {
    const answer = await route.fetch();
    const body = await answer.json();
    body.report.test.perClass = { broken: true };
    await route.fulfill({ response: answer, json: body });
  });
  await page.goto(`/models/${modelId}`);
  await page.getByText(common.failedTitle).waitFor();
  await page.getByRole("heading", { name: models.confusion }).waitFor();
  await page.getByRole("heading", { name: models.kpis }).waitFor();
  expect(await page.getByText(common.failedTitle).count()).toBe(1);
  expect(await page.getByRole("heading", { name: models.perClass }).count()).toBe(0);
  await expectAccessible(page, "a part that failed");
  await page.getByRole("button", { name: common.copyId }).click();
  await page.getByText(common.copied).waitFor();
  const id = await page.evaluate(() => navigator.clipboard.readText());
  expect(id).toMatch(/^[0-9a-f-]{36}$/);
  expect(guest.complaints.some((text) => text.includes(id))).toBe(true);

  await page.unroute("**/summary");
  await page.getByRole("button", { name: common.reload }).click();
  await page.getByRole("heading", { name: models.perClass }).waitFor();
  expect(await page.getByText(common.failedTitle).count()).toBe(0);
});

test("a file that had to be restored comes, and that it was is said", async () => {
  const { page } = guest;
  await page.goto(`/models/${modelId}`);
  const card = page.getByRole("button", { name: models.downloadCard });
  const fetched = async () => {
    const [file] = await Promise.all([page.waitForEvent("download"), card.click()]);
    return file.suggestedFilename();
  };
  const said = (file: string) => page.getByText(common.restored.replace("{{file}}", file));
  const whole = await fetched();
  expect(await said(whole).count()).toBe(0);
  await page.route("**/v1/models/*/downloads", async (route) => {
    const answer = await route.fetch();
    await route.fulfill({ response: answer, json: { ...(await answer.json()), restored: true } });
  });
  expect(await fetched()).toBe(whole);
  await said(whole).first().waitFor();
  await expectAccessible(page, "a restored file");
  await page.unroute("**/v1/models/*/downloads");
});

test("a page whose code does not arrive says so and leaves the way back", async () => {
  const { page } = guest;
  await page.goto("/");
  await page.getByRole("link", { name: nav.models }).waitFor();
  await page.route("**/*Clusters*.js", (route) => route.abort());
  await page.route("**/*Find*.js", (route) => route.abort());
  await page.getByRole("link", { name: nav.clusters }).click();
  await page.getByText(common.failedTitle).waitFor();
  await page.unrouteAll();
  await page.getByRole("button", { name: common.reload }).click();
  await page.getByText(common.failedTitle).waitFor({ state: "detached" });
  await page.getByRole("heading", { level: 1, name: texts.en.clusters.title }).waitFor();
});
