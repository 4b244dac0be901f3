import { afterAll, beforeAll, expect, test } from "vitest";
import { clientOf, diagnosed, trained, uploaded } from "./support/api.ts";
import { tinyCluster } from "./support/tiny-cluster.ts";
import { expectAccessible, expectNoSidewaysScroll, signUp, texts, type Visitor, visitor } from "./support/visitor.ts";

let guest: Visitor;

/** Two models and three runs. */
beforeAll(async () => {
  guest = await visitor({ language: "en" });
  await signUp(guest, "en");
  const client = await clientOf(guest.page);
  const datasetId = await uploaded(client, "known.csv", tinyCluster({ rows: 200, seed: 7, labelled: true }));
  for (const [name, iterations] of [
    ["Night shift", 20],
    ["Day shift", 30],
  ] as const) {
    const settings = { learner: { learner: "linear", iterations }, map: "none", keepSample: false } as const;
    const modelId = await trained(client, { datasetId, name, settings });
    await client.call("updateModel", { modelId, body: { revision: 0, tags: [`${name.split(" ")[0]}`] } });
  }
  await diagnosed(
    client,
    await uploaded(client, "field.csv", tinyCluster({ rows: 60, seed: 3, labelled: false }), "diagnosis"),
  );
  const { items } = await client.call("listRuns", { query: { kind: "training" } });
  const night = items.find(({ name }) => name === "Night shift")!;
  await client.call("updateRun", { runId: night.runId, body: { revision: 0, tags: ["华东"] } });
}, 400_000);

afterAll(() => guest[Symbol.asyncDispose]());

test("runs are found by name, kind, status and tag, and the address keeps what was asked for", async () => {
  const { page } = guest;
  const { runs } = texts.en;
  const choose = async (label: string, option: string) => {
    await page.locator(".run-filters").getByRole("button", { name: label }).click();
    await page.getByRole("option", { name: option, exact: true }).click();
  };
  const link = (name: string) => page.getByRole("link", { name, exact: true });
  await page.goto("/runs");
  for (const name of ["Night shift", "Day shift", "field.csv"]) await link(name).waitFor();
  await page.getByLabel(runs.search).fill("SHIFT");
  await link("field.csv").waitFor({ state: "detached" });
  await link("Day shift").waitFor();
  await choose(runs.filterTag, "华东");
  await link("Day shift").waitFor({ state: "detached" });
  await expectAccessible(page, "filtered runs");
  expect(Object.fromEntries(new URL(page.url()).searchParams)).toEqual({ search: "SHIFT", tag: "华东" });
  await page.reload();
  await link("Night shift").waitFor();
  expect(await link("Day shift").count()).toBe(0);
  expect(await page.getByLabel(runs.search).inputValue()).toBe("SHIFT");

  await page.getByLabel(runs.search).fill("");
  await choose(runs.filterTag, runs.anyTag);
  await choose(runs.kindLabel, runs.kind.diagnosis);
  await link("Night shift").waitFor({ state: "detached" });
  await link("field.csv").waitFor();
  await choose(runs.filter, runs.status.failed);
  await page.getByText(runs.noMatch).waitFor();
  expect(Object.fromEntries(new URL(page.url()).searchParams)).toEqual({ kind: "diagnosis", status: "failed" });
  expect(guest.complaints).toEqual([]);
});

test("models are found by name, tag, kind and status, and the address keeps what was asked for, on a phone in Chinese too", async () => {
  const { page } = guest;
  const { models } = texts.zh;
  await page.evaluate(() => localStorage.setItem("systemhealer.language", '"zh"'));
  await page.setViewportSize({ width: 360, height: 740 });
  const link = (name: string) => page.getByRole("link", { name, exact: true });
  const choose = async (label: string, option: string) => {
    await page.locator(".model-filters").getByRole("button", { name: label }).click();
    await page.getByRole("option", { name: option, exact: true }).click();
  };
  await page.goto("/models");
  for (const name of ["Night shift", "Day shift"]) await link(name).waitFor();
  const search = page.getByLabel(models.search);
  await search.pressSequentially("Day s");
  await link("Night shift").waitFor({ state: "detached" });
  expect(await search.inputValue()).toBe("Day s");
  await search.fill("");
  await link("Night shift").waitFor();
  await choose(models.filterState, models.state.active);
  await link("Day shift").waitFor({ state: "detached" });
  await choose(models.filterState, models.anyState);
  await choose(models.filterTag, "Day");
  await link("Night shift").waitFor({ state: "detached" });
  await choose(models.filterKind, models.kind.trained);
  await expectAccessible(page, "filtered models on a phone");
  await expectNoSidewaysScroll(page, "filtered models on a phone");
  expect(Object.fromEntries(new URL(page.url()).searchParams)).toEqual({ tag: "Day", kind: "trained" });
  await page.reload();
  await link("Day shift").waitFor();
  expect(await link("Night shift").count()).toBe(0);
  await choose(models.filterKind, models.kind.imported);
  await page.getByText(models.noMatch).waitFor();
  expect(guest.complaints).toEqual([]);
});

test("a search that asks the server asks once, when the typing rests", async () => {
  const { page } = guest;
  const { data } = texts.en;
  await page.evaluate(() => localStorage.setItem("systemhealer.language", '"en"'));
  const client = await clientOf(page);
  const { items } = await client.call("listDatasets", { query: { status: "ready", purpose: "training" } });
  await page.clock.install();
  await page.goto(`/data/${items[0]!.datasetId}`);
  const field = page.getByLabel(data.filterHistograms);
  await field.waitFor();
  const asked: (string | null)[] = [];
  page.on("request", (request) => {
    const { pathname, searchParams } = new URL(request.url());
    if (pathname.endsWith("/histograms")) asked.push(searchParams.get("search"));
  });
  await page.clock.pauseAt(await page.evaluate(() => Date.now() + 60_000));
  await field.pressSequentially("disk");
  expect(await field.inputValue()).toBe("disk");
  expect(asked.filter((search) => search !== null)).toEqual([]);
  await page.clock.resume();
  await expect.poll(() => asked.filter((search) => search !== null), { timeout: 30_000 }).toEqual(["disk"]);
  await page.getByRole("heading", { name: "disk_wait" }).waitFor();
  await page.getByRole("heading", { name: "cpu_load" }).waitFor({ state: "detached" });
});

test("a run is deleted with its results unless that is undone, and one whose model is there only after the model", async () => {
  const { page } = guest;
  const { common, home, nav, runs } = texts.en;
  await page.evaluate(() => localStorage.setItem("systemhealer.language", '"en"'));
  await page.setViewportSize({ width: 1280, height: 900 });
  const client = await clientOf(page);
  const diagnoses = async () => (await client.call("listRuns", { query: { kind: "diagnosis" } })).items.length;
  const link = (name: string) => page.getByRole("link", { name, exact: true });
  const remove = page.getByRole("button", { name: common.delete, exact: true });

  await page.goto("/runs");
  await link("Night shift").click();
  await page.getByRole("heading", { level: 1, name: "Night shift" }).waitFor();
  await expect.poll(() => remove.getAttribute("aria-disabled")).toBe("true");
  await expectAccessible(page, "run that cannot be deleted");
  await remove.focus();
  const reason = page.getByText(runs.deleteModelFirst.replace("{{name}}", "Night shift"));
  await reason.locator("visible=true").first().waitFor();

  await page.goto("/runs");
  await link("field.csv").click();
  await remove.click();
  await page.getByRole("heading", { level: 1, name: runs.title }).waitFor();
  await link("Night shift").waitFor();
  expect(await link("field.csv").count()).toBe(0);
  await page.getByRole("button", { name: common.undo }).click();
  await page.getByRole("heading", { level: 1, name: "field.csv" }).waitFor();
  expect(await diagnoses()).toBe(1);

  await page.goto("/runs");
  await page.getByRole("checkbox", { name: "field.csv" }).check();
  await page.getByRole("button", { name: runs.batchDelete.replace("{{number}}", "1") }).click();
  await page.getByRole("link", { name: nav.home }).click();
  await page.getByRole("heading", { name: home.recent }).waitFor();
  await page.locator("main a[href^='/runs/']", { hasText: "Night shift" }).waitFor();
  const ofDiagnosis = page.locator("main :is(a[href^='/runs/'], a[href^='/diagnoses/'])", { hasText: "field.csv" });
  expect(await ofDiagnosis.count()).toBe(0);
  await page.getByText(common.deleted.replace("{{name}}", "field.csv")).waitFor();
  expect(await diagnoses()).toBe(0);
  await page.goto("/runs");
  await link("Night shift").waitFor();
  expect(await link("field.csv").count()).toBe(0);
  expect(guest.complaints).toEqual([]);
});
