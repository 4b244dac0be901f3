import { readFileSync } from "node:fs";
import type { Client } from "@systemhealer/contract/client";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { clientOf, diagnosed, trained, uploaded } from "./support/api.ts";
import { tinyCluster } from "./support/tiny-cluster.ts";
import {
  expectAccessible,
  expectNoSidewaysScroll,
  signIn,
  signUp,
  texts,
  type Visitor,
  visitor,
} from "./support/visitor.ts";

const rows = 100_000;
const { diagnosis, charts, common } = texts.en;
let guest: Visitor;
let page: Page;
let client: Client;
let email = "";
let runId = "";
/** Complaints of the browser that a test has made itself. */
let brokenOnPurpose = 0;

/** A quick model, and a result of 100,000 rows. */
beforeAll(async () => {
  guest = await visitor({ language: "en" });
  page = guest.page;
  email = await signUp(guest, "en");
  client = await clientOf(page);
  const datasetId = await uploaded(client, "known.csv", tinyCluster({ rows: 600, seed: 7, labelled: true }));
  await trained(client, {
    datasetId,
    name: "Quick trees",
    settings: { learner: { learner: "gbdt", rounds: 12, learningRate: 0.3 }, map: "pca", keepSample: false },
  });
  const file = tinyCluster({ rows, seed: 11, labelled: false });
  runId = await diagnosed(client, await uploaded(client, "field.csv", file, "diagnosis"));
}, 400_000);

afterAll(() => guest[Symbol.asyncDispose]());

type Range = readonly [number, number];
const surface = () => page.locator(".chart-frame .chart-surface");
const kind = (name: keyof typeof diagnosis.kind) =>
  page.getByRole("button", { name: diagnosis.kind[name], exact: true }).click();

async function openResult(): Promise<void> {
  await page.goto(`/diagnoses/${runId}`);
  await page.getByRole("heading", { level: 1, name: "field.csv" }).waitFor();
  await surface().waitFor();
}

/** Waits until the present chart shows something. */
function drawn(): Promise<void> {
  return page.evaluate(async () => {
    const begin = performance.now();
    const hasInk = () => {
      const area = document.querySelector(".chart-frame .chart-surface");
      const canvas = area?.querySelector("canvas");
      if (!canvas) return (area?.querySelectorAll("svg path, svg rect, svg circle").length ?? 0) > 2;
      if (canvas.width === 0) return false;
      const pixels = canvas.getContext("2d")!.getImageData(0, 0, canvas.width, canvas.height).data;
      return pixels.some((value) => value !== 0);
    };
    while (!hasInk()) {
      if (performance.now() - begin > 30_000) throw new Error("nothing was drawn");
      await new Promise(requestAnimationFrame);
    }
  });
}

/**
 * How long the page's main thread has worked, in seconds of processor time: what others do on the machine does not
 * count.
 */
async function openWorkMeter(): Promise<() => Promise<number>> {
  const session = await page.context().newCDPSession(page);
  await session.send("Performance.enable", { timeDomain: "threadTicks" });
  return async () => {
    const { metrics } = await session.send("Performance.getMetrics");
    return metrics.find(({ name }) => name === "TaskDuration")!.value;
  };
}

test("a result of 100,000 rows: the verdict, the files, and every chart drawn within 2 s from a sample that is spoken of", async () => {
  await openResult();
  await page.getByText(diagnosis.verdict.several.slice(0, 20)).or(page.getByText("Most rows")).first().waitFor();
  for (const name of ["results.csv", "results.json", "summary.json"]) {
    const button = page.getByRole("button", { name });
    const box = await button.boundingBox();
    expect(box!.y + box!.height, `${name} is seen without scrolling`).toBeLessThan(900);
  }
  const worked = await openWorkMeter();
  for (const name of ["pie", "scatter", "confidence", "deviation", "parallel", "bar"] as const) {
    await kind(name === "bar" ? "pie" : "bar");
    await drawn();
    const before = await worked();
    await kind(name);
    await page.getByRole("heading", { level: 2, name: diagnosis.chart[name] }).waitFor();
    await drawn();
    const seconds = (await worked()) - before;
    expect(seconds, diagnosis.chart[name]).toBeGreaterThan(0);
    expect(seconds, diagnosis.chart[name]).toBeLessThan(2);
    const isSampled = name !== "pie" && name !== "bar";
    expect(await page.getByText("2,000 of 100,000 rows shown").count()).toBe(isSampled ? 1 : 0);
    if (name === "scatter" || name === "parallel") expect(await surface().locator("canvas").count()).toBe(1);
    if (name !== "deviation" && name !== "pie") await expectAccessible(page, diagnosis.chart[name]);
  }
});

test("the chosen chart is kept", async () => {
  await openResult();
  await kind("pie");
  await page.reload();
  await page.getByRole("heading", { level: 2, name: diagnosis.chart.pie }).waitFor();
  await kind("bar");
});

test("wheel, keys, drag and brush change what the axes show, and the page can show everything again", async () => {
  await openResult();
  await kind("bar");
  await drawn();
  // What the axes say, and where they say it.
  const ticks = () =>
    surface()
      .locator("svg text")
      .evaluateAll((texts) =>
        texts.map((text) => `${text.textContent} ${Math.round(text.getBoundingClientRect().x)}`).join("|"),
      );
  const whole = await ticks();
  await surface().hover();
  await page.mouse.wheel(0, -400);
  await page.locator(".chart-range", { hasText: "of" }).first().waitFor();
  await expect.poll(ticks).not.toBe(whole);
  const zoomed = await ticks();
  const bars = (await surface().boundingBox())!;
  const [midX, midY] = [bars.x + bars.width / 2, bars.y + bars.height / 2];
  await page.mouse.move(midX, midY);
  await page.mouse.down();
  await page.mouse.move(midX - 60, midY - 40, { steps: 4 });
  await page.mouse.up();
  await expect.poll(ticks).not.toBe(zoomed);
  const panned = await ticks();
  await page.getByRole("button", { name: charts.brush }).click();
  await page.mouse.move(midX - 60, midY - 50);
  await page.mouse.down();
  await page.mouse.move(midX + 60, midY + 50, { steps: 4 });
  await page.mouse.up();
  await expect.poll(ticks).not.toBe(panned);
  await page.getByRole("button", { name: charts.brush }).click();
  await page.getByRole("button", { name: charts.reset }).click();
  await expect.poll(ticks).toBe(whole);

  await kind("scatter");
  await drawn();
  const range = page.locator(".chart-range").first();
  const texts: string[] = [];
  const note = async () => {
    await range.filter({ hasText: /\d/ }).waitFor();
    texts.push((await range.textContent())!);
  };
  await surface().focus();
  await page.keyboard.press("+");
  await note();
  await page.keyboard.press("ArrowRight");
  await note();
  const box = (await surface().boundingBox())!;
  const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
  await page.mouse.move(x, y);
  await page.mouse.down();
  await page.mouse.move(x + 60, y + 40, { steps: 4 });
  await page.mouse.up();
  await note();
  await page.getByRole("button", { name: charts.brush }).click();
  await page.mouse.move(x - 80, y - 60);
  await page.mouse.down();
  await page.mouse.move(x + 80, y + 60, { steps: 4 });
  expect(await page.locator(".chart-brush").count()).toBe(1);
  await page.mouse.up();
  await note();
  expect(new Set(texts).size).toBe(4);
  expect(texts[0]).toContain(diagnosis.axis.mapX);
  // Where the map's first direction begins and ends: closer, further on, drawn along, and the marked part only.
  const [closer, further, dragged, marked] = texts.map((text) => {
    const figures = text.slice(text.indexOf(diagnosis.axis.mapX)).match(/-?\d+(?:\.\d+)?/g)!;
    return [Number(figures[0]), Number(figures[1])] as const;
  }) as [Range, Range, Range, Range];
  const width = ([from, to]: Range) => to - from;
  expect(further[0]).toBeGreaterThan(closer[0]);
  expect(width(further)).toBeCloseTo(width(closer), 1);
  expect(dragged[0]).toBeLessThan(further[0]);
  expect(width(dragged)).toBeCloseTo(width(closer), 1);
  expect(marked[0]).toBeGreaterThan(dragged[0]);
  expect(marked[1]).toBeLessThan(dragged[1]);
  await page.keyboard.press("Tab");
  await surface().focus();
  await page.keyboard.press("0");
  await range.filter({ hasText: /\d/ }).waitFor({ state: "detached" });

  for (const name of ["pie", "confidence", "deviation", "parallel"] as const) {
    await kind(name);
    await drawn();
    await page.getByRole("button", { name: charts.zoomIn }).click();
    await range.filter({ hasText: /\S/ }).waitFor();
  }
  await kind("bar");
});

async function saved(format: "savePng" | "saveSvg" | "saveCsv"): Promise<Buffer> {
  await page.getByRole("button", { name: charts.save, exact: true }).click();
  const [file] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("menuitem", { name: charts[format] }).click(),
  ]);
  return readFileSync(await file.path());
}

test("a chart is saved as a real picture, as a drawing of every point, and as figures", async () => {
  await openResult();
  await kind("scatter");
  await drawn();
  const picture = await saved("savePng");
  expect(picture.subarray(0, 8)).toEqual(Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]));
  expect(picture.readUInt32BE(16)).toBeGreaterThan(1_000);
  const drawing = (await saved("saveSvg")).toString("utf8");
  expect(drawing).toMatch(/^<svg xmlns="http:\/\/www\.w3\.org\/2000\/svg"/);
  expect(drawing).toContain(diagnosis.chart.scatter);
  expect(drawing.match(/<circle/g)!.length).toBe(2_000);
  for (const name of ["parallel", "deviation", "confidence", "pie", "bar"] as const) {
    await kind(name);
    await drawn();
    const text = (await saved("saveSvg")).toString("utf8");
    expect(text.match(/<(path|rect)/g)!.length, name).toBeGreaterThan(3);
    expect((await saved("savePng")).length, name).toBeGreaterThan(3_000);
  }
  expect((await saved("saveCsv")).toString("utf8")).toContain("disk-slow");
});

test("a chart that cannot be drawn shows its table instead, and the rest of the page works on", async () => {
  await openResult();
  await page.evaluate(() => {
    CanvasRenderingContext2D.prototype.clip = () => {
      throw new Error("this browser has no canvas");
    };
  });
  await kind("parallel");
  await page.getByText(common.chartFailed).waitFor();
  await page.getByRole("table", { name: diagnosis.chart.parallel }).waitFor();
  await page.getByRole("link", { name: "Open row 1", exact: true }).waitFor();
  brokenOnPurpose = guest.complaints.length;
  await kind("bar");
  await drawn();
});

test("rows are paged by the server, filtered, searched, and shown with the columns that were chosen", async () => {
  await openResult();
  const table = page.getByRole("table", { name: diagnosis.rows });
  const firstRow = table.getByRole("row").nth(1);
  await firstRow.getByText("s-1", { exact: true }).waitFor();
  await page.getByRole("button", { name: "Page 5000" }).click();
  await firstRow.getByText("s-99981", { exact: true }).waitFor();

  await page.getByRole("button", { name: new RegExp(`^${diagnosis.diagnosis} `) }).click();
  await page.getByRole("option", { name: "disk-slow" }).click();
  await table.getByText("disk-slow").first().waitFor();
  await table.getByText("cpu-saturated").waitFor({ state: "detached" });
  await page.getByRole("button", { name: texts.en.data.next }).click();
  await firstRow.getByText("disk-slow").waitFor();

  await page.getByLabel(diagnosis.search).fill("no-such-id");
  await page.getByText(diagnosis.noRows).waitFor();
  await page.getByRole("button", { name: diagnosis.clearFilter }).click();
  await page.getByLabel(diagnosis.search).fill("s-77777");
  await firstRow.getByText("s-77777", { exact: true }).waitFor();
  expect(await table.getByRole("row").count()).toBe(2);

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
  expect(guest.complaints.slice(brokenOnPurpose)).toEqual([]);
});

test("on a phone, in Chinese: the same screens, no wider than the window", async () => {
  await using other = await visitor({ language: "zh", width: 360 });
  await other.page.goto("/");
  await signIn(other.page, "zh", email);
  await other.page.getByRole("heading", { level: 1, name: texts.zh.home.title }).waitFor();
  await other.page.goto(`/diagnoses/${runId}`);
  await other.page.locator(".chart-surface").waitFor();
  await expectAccessible(other.page, "result on a phone");
  for (const way of ["file", "rows", "row"] as const) {
    await other.page.goto(`/diagnose?way=${way}`);
    await other.page.getByRole("heading", { level: 2 }).first().waitFor();
    await expectNoSidewaysScroll(other.page, way);
  }
  await other.page.getByRole("heading", { level: 2, name: texts.zh.diagnosis.answer }).waitFor();
  expect(other.complaints).toEqual([]);
});
