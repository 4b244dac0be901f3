import { readFileSync } from "node:fs";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { simulated } from "../integration/support/data.ts";
import { clientOf, trained, uploaded } from "./support/api.ts";
import { choose } from "./support/choose.ts";
import {
  expectAccessible,
  expectNoSidewaysScroll,
  signIn,
  signUp,
  texts,
  type Visitor,
  visitor,
} from "./support/visitor.ts";

const names = ["First trees", "Second line"] as const;
let guest: Visitor;
let page: Page;
let email = "";
let modelIds: readonly string[] = [];

/** Two models of one file; the first stays the active one. */
beforeAll(async () => {
  guest = await visitor({ language: "en" });
  page = guest.page;
  email = await signUp(guest, "en");
  const client = await clientOf(page);
  const datasetId = await uploaded(client, "cluster.csv", await simulated({ rows: 400, seed: 4 }));
  const common = { map: "pca", keepSample: false } as const;
  modelIds = [
    await trained(client, {
      datasetId,
      name: names[0],
      settings: { learner: { learner: "gbdt", rounds: 12, learningRate: 0.3 }, ...common },
    }),
    await trained(client, {
      datasetId,
      name: names[1],
      settings: { learner: { learner: "linear", iterations: 40 }, ...common },
    }),
  ];
}, 400_000);

afterAll(() => guest[Symbol.asyncDispose]());

async function download(button: string): Promise<string> {
  const [file] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("button", { name: button, exact: true }).click(),
  ]);
  return `${file.suggestedFilename()} ${readFileSync(await file.path()).length}`;
}

test("models are found by a search and compared side by side", async () => {
  const { models, train } = texts.en;
  await page.goto("/models");
  await page.getByRole("link", { name: names[1] }).waitFor();
  await expectAccessible(page, "models");

  await page.getByLabel(models.search).fill("trees");
  await page.getByRole("link", { name: names[1] }).waitFor({ state: "detached" });
  await page.getByLabel(models.search).fill("");
  await page.getByRole("link", { name: names[1] }).waitFor();
  expect(await page.getByRole("button", { name: models.compare }).getAttribute("aria-disabled")).toBe("true");
  for (const name of names) await choose(page.getByRole("checkbox", { name }));
  await page.getByRole("button", { name: models.compare }).click();

  await page.getByRole("heading", { level: 1, name: models.compareTitle }).waitFor();
  expect(new URL(page.url()).searchParams.get("models")!.split(",").sort()).toEqual([...modelIds].sort());
  await page.getByText(models.best).first().waitFor();
  await page.getByRole("heading", { name: models.classF1 }).waitFor();
  const settings = page.getByRole("table", { name: models.settings });
  await settings.getByText(train.options.gbdt).waitFor();
  await settings.getByText(models.differs).first().waitFor();
  expect(await settings.getByText(train.fields.testShare).count()).toBe(0);
  await page.getByText(models.onlyDifferences).click();
  await settings.getByText(train.fields.testShare).waitFor();
  await expectAccessible(page, "comparison");

  await page.goto(`/models/compare?models=${modelIds[0]}`);
  await page.getByText(models.compareTooFew).waitFor();
  await page.goto(`/models/compare?models=${modelIds[0]},mdl-00000000000000000000000000`);
  await page.getByText(models.compareTooFew).waitFor();
  await page.getByText("mdl-00000000000000000000000000").first().waitFor();
  expect(guest.complaints).toEqual([]);
});

test("a model shows what it is worth, above the files and before the download", async () => {
  const { charts, common, models } = texts.en;
  await page.goto(`/models/${modelIds[0]}`);
  await page.getByRole("heading", { name: models.confusion }).waitFor();
  for (const button of [models.downloadModel, models.downloadCard, models.downloadReport]) {
    const box = await page.getByRole("button", { name: button }).boundingBox();
    expect(box!.y + box!.height, `${button} is seen without scrolling`).toBeLessThan(900);
  }
  for (const heading of [models.perClass, models.map, models.honesty, models.preparation, models.kpis]) {
    await page.getByRole("heading", { name: heading }).first().waitFor();
  }
  await expectAccessible(page, "model");
  const tools = page.getByLabel(charts.tools.replace("{{title}}", models.confusion)).first();
  await tools.getByRole("button", { name: common.showTable }).click();
  await page.getByRole("table", { name: models.confusion }).waitFor();

  expect(await download(models.downloadModel)).toMatch(/\.onnx [1-9]\d{3,}$/);
  expect(await download(models.downloadCard)).toMatch(/\.json [1-9]\d{2,}$/);
  expect(await download(models.downloadReport)).toMatch(/\.json [1-9]\d{2,}$/);
  expect(guest.complaints).toEqual([]);
});

test("name, notes and tags are changed, and the change is taken back", async () => {
  const { common } = texts.en;
  await page.goto(`/models/${modelIds[1]}`);
  await page.getByRole("button", { name: common.annotate.edit }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel(common.name).fill("Renamed line");
  await dialog.getByLabel(common.annotate.tags).fill("x".repeat(41));
  await expect.poll(() => dialog.getByRole("button", { name: common.annotate.save }).isDisabled()).toBe(true);
  await dialog.getByLabel(common.annotate.tags).fill("night, 华东");
  await dialog.getByLabel(common.annotate.notes).fill("Only for the night shift.");
  await expectAccessible(page, "editor");
  await dialog.getByRole("button", { name: common.annotate.save }).click();
  await page.getByRole("heading", { level: 1, name: "Renamed line" }).waitFor();
  await page.getByText("华东").first().waitFor();
  await page.getByText("Only for the night shift.").waitFor();

  await page.getByRole("button", { name: common.undo }).click();
  await page.getByRole("heading", { level: 1, name: names[1] }).waitFor();
  await page.getByText("华东").first().waitFor({ state: "detached" });
  expect(guest.complaints).toEqual([]);
});

test("another model is made active and the former again; the active one cannot be deleted, the other can be kept", async () => {
  const { common, models } = texts.en;
  await page.goto(`/models/${modelIds[1]}`);
  const makeActive = page.getByRole("button", { name: models.makeActive });
  await makeActive.click();
  await page.getByText(models.isActive.replace("{{name}}", names[1])).waitFor();
  await makeActive.waitFor({ state: "detached" });
  await page.getByRole("button", { name: common.undo }).click();
  await makeActive.waitFor();
  const client = await clientOf(page);
  expect((await client.call("getSession", {})).activeModelId).toBe(modelIds[0]);

  await page.goto(`/models/${modelIds[0]}`);
  const remove = page.getByRole("button", { name: models.delete, exact: true });
  await remove.hover();
  await page.getByText(models.deleteActive).locator("visible=true").first().waitFor();

  await page.goto(`/models/${modelIds[1]}`);
  await remove.click();
  await page.getByRole("heading", { level: 1, name: models.title }).waitFor();
  await page.getByRole("link", { name: names[0] }).waitFor();
  expect(await page.getByRole("link", { name: names[1] }).count()).toBe(0);
  await page.getByRole("button", { name: common.undo }).click();
  await page.getByRole("heading", { level: 1, name: names[1] }).waitFor();
  expect(guest.complaints).toEqual([]);
});

test("rows that were pasted stay, with their model, when somebody makes another one active meanwhile", async () => {
  const { diagnosis } = texts.en;
  await page.goto("/diagnose?way=rows");
  const field = page.getByRole("textbox", { name: diagnosis.pasteLabel });
  await field.fill("cpu_load\n20");
  const model = page.getByRole("button", { name: new RegExp(`^${diagnosis.model} `) });
  const before = await model.textContent();
  expect(before).toContain(names[0]);
  const client = await clientOf(page);
  await client.call("activateModel", { modelId: modelIds[1]! });
  try {
    // Its name in the list tells that it is the active one.
    await expect.poll(() => model.textContent(), { timeout: 30_000 }).not.toBe(before);
    expect(await model.textContent()).toContain(names[0]);
    expect(await field.inputValue()).toBe("cpu_load\n20");
  } finally {
    await client.call("activateModel", { modelId: modelIds[0]! });
  }
  expect(guest.complaints).toEqual([]);
});

test("a downloaded model is imported again after the checks; a file that is none is refused with the reason", async () => {
  const { models } = texts.en;
  await page.goto(`/models/${modelIds[0]}`);
  const [file] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("button", { name: models.downloadModel }).click(),
  ]);
  const model = readFileSync(await file.path());
  await page.goto("/models");
  await page.getByRole("button", { name: models.import }).click();
  const dialog = page.getByRole("dialog");
  const bring = (name: string, buffer: Buffer) =>
    dialog.locator("input[type=file]").setInputFiles({ name, mimeType: "application/octet-stream", buffer });

  await bring("notes.pdf", Buffer.from("%PDF"));
  await dialog.getByText(models.importWrongType).waitFor();
  await bring("broken.onnx", model.subarray(0, 1_000));
  await dialog.getByRole("button", { name: models.importStart }).click();
  await dialog.getByText(models.importRefused).waitFor();
  await expectAccessible(page, "import");

  await bring("elsewhere.onnx", model);
  await dialog.getByLabel("Name").fill("From elsewhere");
  await dialog.getByRole("button", { name: models.importStart }).click();
  await page.getByRole("heading", { level: 1, name: "From elsewhere" }).waitFor();
  await page.getByText(models.noSummary).waitFor();
  await page.getByRole("heading", { name: models.kpis }).waitFor();
  await expectAccessible(page, "imported model");
  expect(guest.complaints).toEqual([]);
});

test("in Chinese on a phone, and with a report of an earlier version, the pages hold", async () => {
  await using phone = await visitor({ language: "zh", width: 360 });
  const { page } = phone;
  const { models } = texts.zh;
  await page.goto("/models");
  await signIn(page, "zh", email);
  await page.getByRole("link", { name: names[0] }).waitFor();
  await expectAccessible(page, "models on a phone");
  await page.goto(`/models/compare?models=${modelIds.join(",")}`);
  await page.getByRole("heading", { name: models.classF1 }).waitFor();
  await expectAccessible(page, "comparison on a phone");

  // Early reports had no map, no leaderboard and nothing on honesty.
  await page.route("**/summary", async (route) => {
    const answer = await route.fetch();
    const { card, report } = await answer.json();
    for (const part of ["map", "leaderboard", "importance", "honesty", "baselines", "check"]) delete report[part];
    await route.fulfill({ response: answer, json: { card, report } });
  });
  await page.goto(`/models/${modelIds[0]}`);
  await page.getByRole("heading", { name: models.confusion }).waitFor();
  await page.getByRole("heading", { name: models.kpis }).waitFor();
  expect(await page.getByRole("heading", { name: models.honesty }).count()).toBe(0);
  const box = await page.getByRole("button", { name: models.downloadModel }).boundingBox();
  expect(box!.y).toBeLessThan(740);
  await expectNoSidewaysScroll(page, "model on a phone");
  await expectAccessible(page, "model on a phone");
  expect(phone.complaints).toEqual([]);
});
