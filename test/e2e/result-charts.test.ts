import { readFileSync } from "node:fs";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type ClusterOwner, clusterOwner, diagnosedField } from "./support/cluster-owner.ts";
import { expectAccessible, texts } from "./support/visitor.ts";

const rows = 100_000;
const { diagnosis, charts, common } = texts.en;
let owner: ClusterOwner;
let page: Page;
let runId = "";

beforeAll(async () => {
  owner = await clusterOwner();
  page = owner.page;
  runId = await diagnosedField(owner.client, rows);
}, 400_000);

afterAll(() => owner.guest[Symbol.asyncDispose]());

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
  await page.locator(".chart-brush").waitFor();
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
  expect(owner.guest.complaints).toEqual([]);
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
  await kind("bar");
  await drawn();
});
