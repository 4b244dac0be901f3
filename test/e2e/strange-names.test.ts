import { readFileSync } from "node:fs";
import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import { clientOf, diagnosed, trained, uploaded } from "./support/api.ts";
import { tinyCluster } from "./support/tiny-cluster.ts";
import { signUp, texts, visitor } from "./support/visitor.ts";

/** Names that turn the direction of writing, steer a terminal, or differ from others by what is not seen. */
const strange: readonly (readonly [plain: string, strange: string, shown: string])[] = [
  ["cpu_load", "cpu\u202edaol", "cpu⟨U+202E⟩daol"],
  ["disk_wait", "disk\u200bwait", "disk⟨U+200B⟩wait"],
  ["packet_loss", "\u001b[31mloss", "⟨U+001B⟩[31mloss"],
  ["disk-slow", "disk\u2066slow", "disk⟨U+2066⟩slow"],
];

function strangeCluster(rows: number, seed: number, labelled: boolean): Uint8Array<ArrayBuffer> {
  const text = new TextDecoder().decode(tinyCluster({ rows, seed, labelled }));
  return new TextEncoder().encode(strange.reduce((all, [plain, name]) => all.replaceAll(plain, name), text));
}

/** What is shown of signs that should not be: in texts, in names for screen readers, in the title and on canvases. */
function hiddenSigns(page: Page): Promise<readonly string[]> {
  return page.evaluate(() => {
    const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    const said = [document.title, ...((window as { drawnTexts?: string[] }).drawnTexts ?? [])];
    for (let node = walk.nextNode(); node; node = walk.nextNode()) {
      if (!node.parentElement?.closest("script, style")) said.push(node.textContent ?? "");
    }
    for (const element of document.querySelectorAll("[title], [aria-label]")) {
      said.push(element.getAttribute("title") ?? "", element.getAttribute("aria-label") ?? "");
    }
    return said.filter((text) => /[\p{Cc}\p{Cf}]/u.test(text.replace(/\s/g, "")));
  });
}

test("names that turn the writing round or are not seen are shown by code points, and downloaded as they are", async () => {
  await using guest = await visitor({ language: "en" });
  const { page, complaints } = guest;
  const { diagnosis, data, models } = texts.en;
  await page.addInitScript(() => {
    const drawn: string[] = [];
    Object.assign(window, { drawnTexts: drawn });
    const fillText = CanvasRenderingContext2D.prototype.fillText;
    CanvasRenderingContext2D.prototype.fillText = function (...words) {
      drawn.push(words[0]);
      fillText.apply(this, words);
    };
  });
  await signUp(guest, "en");
  const client = await clientOf(page);
  const datasetId = await uploaded(client, "known.csv", strangeCluster(300, 7, true));
  const modelId = await trained(client, {
    datasetId,
    name: "Quick trees",
    settings: { learner: { learner: "gbdt", rounds: 8, learningRate: 0.3 }, map: "pca", keepSample: false },
  });
  const runId = await diagnosed(
    client,
    await uploaded(client, "field.csv", strangeCluster(60, 11, false), "diagnosis"),
  );

  await page.goto(`/data/${datasetId}`);
  await page.getByRole("heading", { name: strange[0]![2] }).first().waitFor();
  await page.getByText(data.preview).first().click();
  await page.getByRole("columnheader", { name: strange[1]![2] }).first().waitFor();
  expect(await hiddenSigns(page)).toEqual([]);

  await page.goto(`/models/${modelId}`);
  await page.getByRole("table", { name: models.kpis }).getByText(strange[2]![2]).waitFor();
  expect(await hiddenSigns(page)).toEqual([]);

  await page.goto(`/diagnoses/${runId}`);
  await page.getByRole("table", { name: diagnosis.rows }).getByText(strange[3]![2]).first().waitFor();
  for (const kind of ["pie", "scatter", "deviation", "parallel"] as const) {
    await page.getByRole("button", { name: diagnosis.kind[kind], exact: true }).click();
    await page.getByRole("heading", { level: 2, name: diagnosis.chart[kind] }).waitFor();
    expect(await hiddenSigns(page), kind).toEqual([]);
  }
  const [file] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("button", { name: "results.csv" }).click(),
  ]);
  expect(readFileSync(await file.path(), "utf8")).toContain(strange[3]![1]);
  await page.getByRole("link", { name: "Open row 2", exact: true }).click();
  await page.getByText(/^Why /).waitFor();
  expect(await hiddenSigns(page)).toEqual([]);
  expect(complaints).toEqual([]);
});
