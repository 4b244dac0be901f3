import { gzipSync } from "node:zlib";
import { expect, test } from "vitest";
import { simulated } from "../integration/support/data.ts";
import { expectAccessible, signUp, texts, visitor } from "./support/visitor.ts";

test.each(["en", "zh"] as const)(
  "a stranger signs up, uploads, trains and sees the result (%s)",
  async (language) => {
    await using guest = await visitor({ language });
    const { page } = guest;
    const { auth, data, home, nav, runs, train, upload } = texts[language];

    await page.goto("/");
    await page.getByRole("heading", { level: 1, name: auth.signIn }).waitFor();
    await expectAccessible(page, "sign in");
    await signUp(guest, language);
    await page.getByRole("button", { name: home.firstButton }).waitFor();
    await expectAccessible(page, "home");

    await page.getByRole("link", { name: nav.upload }).first().click();
    await page.getByRole("heading", { level: 1, name: upload.title }).waitFor();
    const rows = Buffer.from(await simulated({ rows: 600, seed: 3 }));
    await page.locator("input[type=file]").setInputFiles([
      { name: "cluster.csv.gz", mimeType: "application/gzip", buffer: gzipSync(rows) },
      { name: "notes.pdf", mimeType: "application/pdf", buffer: Buffer.from("%PDF") },
    ]);
    await page.getByText("notes.pdf").first().waitFor();
    await expectAccessible(page, "upload");
    await page.getByRole("link", { name: upload.open }).click();
    await page.getByText(data.classChart).first().waitFor();
    await page.getByText(data.features).first().waitFor();
    await page.getByText(data.histograms).first().waitFor();
    await page.getByRole("button", { name: data.preview }).click();
    await page.getByRole("table", { name: data.preview }).getByRole("row").nth(20).waitFor();
    await expectAccessible(page, "data set");

    await page.getByRole("link", { name: data.train }).click();
    await page.getByLabel(train.fields.learner, { exact: true }).click();
    await page.getByRole("option", { name: train.options.mlp }).click();
    await page.getByRole("button", { name: train.expert }).click();
    await page.getByLabel(train.fields.epochs).fill("0");
    await expect.poll(() => page.getByRole("button", { name: train.start }).isDisabled()).toBe(true);
    await page.getByLabel(train.fields.epochs).fill("8");
    await expectAccessible(page, "train");
    await page.getByRole("button", { name: train.start }).click();
    await page.getByRole("heading", { name: runs.result }).waitFor({ timeout: 240_000 });
    await page.getByText(runs.scoreChart.epoch).first().waitFor();
    await expectAccessible(page, "run");
    const [file] = await Promise.all([
      page.waitForEvent("download"),
      page.getByRole("button", { name: "model.onnx" }).click(),
    ]);
    expect(file.suggestedFilename()).toContain(".onnx");

    await page.getByRole("link", { name: nav.runs }).click();
    await page.getByText(runs.status.succeeded).first().waitFor();
    await expectAccessible(page, "runs");
    await page.getByRole("link", { name: nav.data, exact: true }).click();
    await page.getByRole("link", { name: "cluster.csv.gz" }).waitFor();
    await expectAccessible(page, "data");
    await page.getByRole("link", { name: nav.home }).click();
    await page.getByText(home.accuracy).first().waitFor();
    await expectAccessible(page, "home of a member");
    expect(guest.complaints).toEqual([]);
  },
  480_000,
);
