import type { Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { palettes } from "../../frontend/src/charts/palettes.ts";
import { clientOf, diagnosed, trained, uploaded } from "./support/api.ts";
import { choose } from "./support/choose.ts";
import { tinyCluster } from "./support/tiny-cluster.ts";
import { expectAccessible, signIn, signUp, texts, type Visitor, visitor } from "./support/visitor.ts";

const { common, diagnosis, nav, recovery, settings } = texts.en;
/** Until the system knows of a choice. */
const known = { timeout: 30_000 } as const;
let guest: Visitor;
let page: Page;
let email = "";
let runId = "";
let datasetId = "";

/** A quick model and a diagnosis of 300 rows. */
beforeAll(async () => {
  guest = await visitor({ language: "en" });
  page = guest.page;
  email = await signUp(guest, "en");
  const client = await clientOf(page);
  datasetId = await uploaded(client, "known.csv", tinyCluster({ rows: 600, seed: 7, labelled: true }));
  await trained(client, {
    datasetId,
    name: "Quick trees",
    settings: { learner: { learner: "gbdt", rounds: 12, learningRate: 0.3 }, map: "pca", keepSample: false },
  });
  const file = tinyCluster({ rows: 300, seed: 11, labelled: false });
  runId = await diagnosed(client, await uploaded(client, "field.csv", file, "diagnosis"));
}, 400_000);

afterAll(() => guest[Symbol.asyncDispose]());

async function openSettings(on: Page): Promise<void> {
  await on.goto("/settings");
  await on.getByRole("heading", { name: settings.units }).waitFor();
}

/** Fills of the marks of the first chart of the result page. */
async function coloursOfResult(): Promise<string[]> {
  await page.goto(`/diagnoses/${runId}`);
  const bars = page.locator(
    ".chart-frame .chart-surface svg rect[fill^='#'], .chart-frame .chart-surface svg rect[fill^='rgb']",
  );
  await bars.first().waitFor();
  const fills = await bars.evaluateAll((marks) => marks.map((mark) => getComputedStyle(mark).fill));
  return [...new Set(fills)];
}

const rgb = (hex: string) => `rgb(${[1, 3, 5].map((at) => Number.parseInt(hex.slice(at, at + 2), 16)).join(", ")})`;

/** Headings of the four parts of the result page that are arranged, from top to bottom; notices stand above them. */
async function headings(): Promise<string[]> {
  await page.goto(`/diagnoses/${runId}`);
  await page.getByRole("heading", { level: 2, name: diagnosis.result }).waitFor();
  await page.getByRole("heading", { level: 2, name: diagnosis.chart.bar }).waitFor();
  const found = await page.getByRole("main").getByRole("heading", { level: 2 }).allInnerTexts();
  return found.slice(-5).map((text) => text.replace(/\s*\(.*\)$/s, ""));
}

test("a palette, and a colour of one's own, change the charts and are kept", async () => {
  expect(await coloursOfResult()).toContain(rgb(palettes["okabe-ito"].light.categories[0]!));
  await openSettings(page);
  await expectAccessible(page, "settings");
  await choose(page.getByRole("radio", { name: settings.palettes.ibm }));
  const chosen = await coloursOfResult();
  expect(chosen).toContain(rgb(palettes.ibm.light.categories[0]!));
  expect(chosen).not.toContain(rgb(palettes["okabe-ito"].light.categories[0]!));

  await openSettings(page);
  await page.getByRole("button", { name: settings.edit }).click();
  const slot = page.getByLabel(`${settings.slot.replace("{{number}}", "1")} ${settings.onLight}`);
  await slot.fill("#fff3b0");
  await page.getByText(settings.faintTitle).waitFor();
  await slot.fill(palettes.ibm.light.categories[1]!);
  await page.getByText(settings.alikeTitle).waitFor();
  await expectAccessible(page, "single colours");
  await slot.fill("#5a1e00");
  await page.getByText(settings.faintTitle).waitFor({ state: "detached" });
  expect(await coloursOfResult()).toContain(rgb("#5a1e00"));

  await openSettings(page);
  await page.getByRole("button", { name: settings.resetColours }).click();
  await page.getByText(settings.coloursReset).waitFor();
  expect(await coloursOfResult()).toContain(rgb(palettes.ibm.light.categories[0]!));
  expect(guest.complaints).toEqual([]);
});

test("units change the figures of the pages and are kept", async () => {
  await page.goto(`/data/${datasetId}`);
  await page.getByText(/\d kB/).first().waitFor();
  await openSettings(page);
  await choose(page.getByRole("radio", { name: settings.bytesOptions.binary }));
  await choose(page.getByRole("radio", { name: settings.durationsOptions.milliseconds }));
  await choose(page.getByRole("radio", { name: settings.groupingOptions.plain }));
  await choose(page.getByRole("radio", { name: settings.zoneOptions.utc }));
  await page.goto(`/data/${datasetId}`);
  await page
    .getByText(/\d KiB/)
    .first()
    .waitFor();
  expect(await page.getByText(/\d kB/).count()).toBe(0);
  await page.goto("/runs");
  await page
    .getByText(/^\d{3,} ms$/)
    .first()
    .waitFor();
  await page.getByText(/UTC$/).first().waitFor();
  expect(guest.complaints).toEqual([]);
});

test("the result page is laid out by keyboard; a second chart appears, the table goes, and it is kept", async () => {
  const verdict = [diagnosis.result, recovery.title, diagnosis.health.title];
  expect(await headings()).toEqual([...verdict, diagnosis.chart.bar, diagnosis.rows]);
  await page.getByRole("link", { name: settings.arrange }).click();
  await page.getByRole("heading", { name: settings.units }).waitFor();
  const toggleOf = (panel: keyof typeof settings.panels) =>
    page.getByRole("checkbox", { name: settings.show.replace("{{panel}}", settings.panels[panel]) });
  await choose(toggleOf("secondCharts"));
  await choose(toggleOf("table"), false);
  expect(await toggleOf("summary").isDisabled()).toBe(true);

  // The chart goes above the verdict.
  const list = page.getByRole("list", { name: settings.layout });
  const handle = list.getByRole("listitem").nth(1).getByRole("button").first();
  await handle.focus();
  // What the list says to those who cannot see it.
  const said = page.locator("[id^=DndLiveRegion]");
  await page.keyboard.press("Space");
  await said.filter({ hasText: /\S/ }).waitFor();
  const pickedUp = await said.textContent();
  // The list hears the key once it has measured itself; at the top one more changes nothing.
  const pressUp = async () => {
    await page.keyboard.press("ArrowUp");
    return said.textContent();
  };
  await expect.poll(pressUp, { timeout: 20_000 }).not.toBe(pickedUp);
  await page.keyboard.press("Space");
  const first = list.getByRole("listitem").first();
  await first.getByText(settings.panels.charts, { exact: true }).waitFor();
  const arranged = [diagnosis.chart.bar, ...verdict, diagnosis.chart.pie];
  expect(await headings()).toEqual(arranged);
  await page.reload();
  expect(await headings()).toEqual(arranged);
  await expectAccessible(page, "result page as laid out");
  expect(guest.complaints).toEqual([]);
});

test("the result page is laid out by dragging with the pointer, and it is kept", async () => {
  await openSettings(page);
  const list = page.getByRole("list", { name: settings.layout });
  const names = () => list.getByRole("listitem").allInnerTexts();
  const lines = (texts: readonly string[]) => texts.map((text) => text.split("\n")[0]!);
  const before = lines(await names());
  const handleOf = (index: number) => list.getByRole("listitem").nth(index).getByRole("button").first();
  await handleOf(0).scrollIntoViewIfNeeded();
  const [from, to] = [(await handleOf(0).boundingBox())!, (await handleOf(2).boundingBox())!];
  await page.mouse.move(from.x + from.width / 2, from.y + from.height / 2);
  await page.mouse.down();
  await page.mouse.move(to.x + to.width / 2, to.y + to.height, { steps: 12 });
  await page.mouse.up();
  const [first, second, third, ...others] = before as [string, string, string, ...string[]];
  await expect.poll(async () => lines(await names())).toEqual([second, third, first, ...others]);
  await page.reload();
  await list.waitFor();
  expect(lines(await names())).toEqual([second, third, first, ...others]);
  expect(guest.complaints).toEqual([]);
});

test("settings go with the account into another browser, those made without a connection too", async () => {
  await openSettings(page);
  await choose(page.getByRole("radio", { name: settings.palettes.ibm }));
  await choose(page.getByRole("radio", { name: settings.bytesOptions.binary }));
  await choose(page.getByRole("radio", { name: texts.en.preferences.compact }));
  await page.getByRole("radio", { name: settings.palettes.ibm, checked: true }).waitFor();
  await page.goto(`/diagnoses/${runId}`);
  await page.getByRole("button", { name: diagnosis.kind.scatter, exact: true }).first().click();
  await page
    .getByRole("button", { name: new RegExp(`^${diagnosis.axis.x} `) })
    .first()
    .click();
  await page.getByRole("option", { name: "disk_wait" }).click();
  const client = await clientOf(page);
  const stored = () => client.call("getPreferences", {});
  await expect.poll(async () => (await stored()).density, known).toBe("compact");
  await expect.poll(async () => (await stored()).resultView?.axes, known).toEqual({ x: "kpi:disk_wait" });
  expect(await stored()).toMatchObject({ palette: { name: "ibm" }, units: { bytes: "binary" } });

  await using other = await visitor({ language: "zh" });
  await other.page.goto("/settings");
  await signIn(other.page, "zh", email);
  const { settings: zh } = texts.zh;
  await other.page.getByRole("radio", { name: zh.palettes.ibm, checked: true }).waitFor();
  await other.page.getByRole("radio", { name: zh.bytesOptions.binary, checked: true }).waitFor();
  await other.page.getByRole("radio", { name: texts.zh.preferences.compact, checked: true }).waitFor();

  await other.page.goto(`/diagnoses/${runId}`);
  await other.page.getByRole("button", { name: texts.zh.diagnosis.kind.scatter, pressed: true }).first().waitFor();
  await other.page
    .getByRole("button", { name: `${texts.zh.diagnosis.axis.x} disk_wait` })
    .first()
    .waitFor();
  await openSettingsIn(other.page, "zh");

  // Chosen while the connection is lost, and sent once it is back.
  await other.context.setOffline(true);
  await other.page.getByText(texts.zh.common.offline).waitFor();
  await choose(other.page.getByRole("radio", { name: texts.zh.preferences.comfortable }));
  await choose(other.page.getByRole("radio", { name: zh.palettes["okabe-ito"] }));
  await other.page.getByRole("radio", { name: zh.palettes["okabe-ito"], checked: true }).waitFor();
  expect((await stored()).density).toBe("compact");
  await other.context.setOffline(false);
  await expect.poll(async () => (await stored()).density, known).toBe("comfortable");
  await choose(other.page.getByRole("radio", { name: "English" }));
  await other.page.getByRole("heading", { level: 1, name: settings.title }).waitFor();
  await expect.poll(async () => (await stored()).language, known).toBe("en");

  await openSettings(page);
  await page.getByRole("radio", { name: settings.palettes["okabe-ito"], checked: true }).waitFor();
  await page.getByRole("radio", { name: texts.en.preferences.comfortable, checked: true }).waitFor();
  expect(guest.complaints).toEqual([]);
});

test("settings are of the account: another one in the same browser has its own", async () => {
  await openSettings(page);
  await choose(page.getByRole("radio", { name: settings.palettes.ibm }));
  await choose(page.getByRole("radio", { name: settings.bytesOptions.binary }));
  await page.getByRole("button", { name: nav.account }).click();
  await page.getByRole("menuitem", { name: texts.en.auth.signOut, exact: true }).click();
  await page.getByRole("heading", { level: 1, name: texts.en.auth.signIn }).waitFor();
  await signUp(guest, "en");
  await openSettings(page);
  await page.getByRole("radio", { name: settings.palettes["okabe-ito"], checked: true }).waitFor();
  await page.getByRole("radio", { name: settings.bytesOptions.decimal, checked: true }).waitFor();

  await page.getByRole("button", { name: nav.account }).click();
  await page.getByRole("menuitem", { name: texts.en.auth.signOut, exact: true }).click();
  await signIn(page, "en", email);
  // Where the session was ended, the next one begins.
  await page.getByRole("heading", { name: settings.units }).waitFor();
  await page.getByRole("radio", { name: settings.palettes.ibm, checked: true }).waitFor();
  await page.getByRole("button", { name: settings.resetAll }).click();
  await page.getByText(settings.resetDone).waitFor();
  await page.getByRole("radio", { name: settings.palettes["okabe-ito"], checked: true }).waitFor();
  await page.getByRole("button", { name: common.undo }).click();
  await page.getByRole("radio", { name: settings.palettes.ibm, checked: true }).waitFor();
  expect(guest.complaints).toEqual([]);
});

test("on a phone, in Chinese, the settings fit and the language is changed there", async () => {
  await using phone = await visitor({ language: "zh", width: 360 });
  await signUp(phone, "zh");
  await openSettingsIn(phone.page, "zh");
  await phone.page.getByRole("button", { name: texts.zh.settings.edit }).click();
  await expectAccessible(phone.page, "settings on a phone");
  await choose(phone.page.getByRole("radio", { name: "English" }));
  await openSettingsIn(phone.page, "en");
  expect(phone.complaints).toEqual([]);
});

async function openSettingsIn(on: Page, language: keyof typeof texts): Promise<void> {
  if (new URL(on.url()).pathname !== "/settings") await on.goto("/settings");
  await on.getByRole("heading", { level: 1, name: texts[language].settings.title }).waitFor();
}
