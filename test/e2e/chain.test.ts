import { expect, test } from "vitest";
import { clientOf } from "./support/api.ts";
import { tinyCluster } from "./support/tiny-cluster.ts";
import { expectAccessible, signUp, texts, visitor } from "./support/visitor.ts";

const csv = (name: string, bytes: Uint8Array) => ({ name, mimeType: "text/csv", buffer: Buffer.from(bytes) });

test("upload, train and diagnose: one button, and the page may be closed", async () => {
  await using guest = await visitor({ language: "en" });
  const { page, context, complaints } = guest;
  const { home, upload } = texts.en;
  await signUp(guest, "en");
  await page.getByRole("link", { name: home.ownData }).click();
  await page.getByRole("heading", { level: 1, name: upload.chain.title }).waitFor();
  const [known, field] = [page.locator("input[type=file]").nth(0), page.locator("input[type=file]").nth(1)];
  await known.setInputFiles(csv("notes.pdf", new Uint8Array(3)));
  await page.getByText("notes.pdf").first().waitFor();
  expect(await page.getByRole("button", { name: upload.chain.start }).isDisabled()).toBe(true);
  await known.setInputFiles(csv("known.csv", tinyCluster({ rows: 300, seed: 7, labelled: true })));
  await field.setInputFiles(csv("field.csv", tinyCluster({ rows: 120, seed: 11, labelled: false })));
  await expectAccessible(page, "upload, train and diagnose");
  await page.getByRole("button", { name: upload.chain.start }).click();
  await page.getByText(upload.chain.mayClose).waitFor();
  await expectAccessible(page, "progress of a chain");
  const address = page.url();
  const client = await clientOf(page);
  await page.close();

  const runsOf = (kind: "training" | "diagnosis") => client.call("listRuns", { query: { kind } });
  const ended = async () => (await runsOf("diagnosis")).items[0]?.status;
  await expect.poll(ended, { timeout: 200_000, interval: 1_000 }).toBe("succeeded");
  expect((await runsOf("training")).items).toHaveLength(1);

  const later = await context.newPage();
  await later.goto(address);
  await later.getByRole("link", { name: upload.chain.openResult }).click();
  await later.waitForURL(/\/diagnoses\/run-/);
  expect(complaints).toEqual([]);
}, 300_000);

test("two chains at once; one whose model is there already waits for its second file", async () => {
  await using guest = await visitor({ language: "en" });
  const { page, complaints } = guest;
  const { upload } = texts.en;
  await signUp(guest, "en");
  const client = await clientOf(page);
  const known = tinyCluster({ rows: 300, seed: 7, labelled: true });
  const begin = async (second: { readonly name: string; readonly bytes: Uint8Array }) => {
    await page.locator("input[type=file]").nth(0).setInputFiles(csv("known.csv", known));
    await page.locator("input[type=file]").nth(1).setInputFiles(csv(second.name, second.bytes));
    await page.getByRole("button", { name: upload.chain.start }).click();
    await page.getByText(upload.chain.mayClose).waitFor();
    return page.url();
  };
  await page.goto("/data/chain");
  const first = await begin({ name: "one.csv", bytes: tinyCluster({ rows: 60, seed: 11, labelled: false }) });
  await page.getByRole("link", { name: upload.chain.another }).click();
  await page.getByRole("heading", { level: 1, name: upload.chain.title }).waitFor();
  // Twice the same training file: the second chain may find the model of the first.
  const second = await begin({ name: "two.csv", bytes: tinyCluster({ rows: 20_000, seed: 12, labelled: false }) });
  expect(second).not.toBe(first);
  const statuses = async () => {
    const { items } = await client.call("listRuns", { query: { kind: "diagnosis" } });
    return items.map(({ status }) => status);
  };
  await expect.poll(statuses, { timeout: 250_000, interval: 1_000 }).toEqual(["succeeded", "succeeded"]);
  for (const [address, rows] of [
    [first, 60],
    [second, 20_000],
  ] as const) {
    await page.goto(address);
    await page.getByRole("link", { name: upload.chain.openResult }).click();
    await page.waitForURL(/\/diagnoses\/run-/);
    const run = await client.call("getRun", { runId: new URL(page.url()).pathname.split("/").at(-1)! });
    expect(run).toMatchObject({ kind: "diagnosis", status: "succeeded", result: { rows } });
  }
  expect(complaints).toEqual([]);
}, 400_000);

test("a training file that is not accepted ends the chain with the way to its report", async () => {
  await using guest = await visitor({ language: "zh", width: 360 });
  const { page } = guest;
  const { data, upload } = texts.zh;
  await signUp(guest, "zh");
  await page.goto("/data/chain");
  await page
    .locator("input[type=file]")
    .nth(0)
    .setInputFiles(csv("bad.csv", Buffer.from("cpu,label\nbroken,a\n2,b\n")));
  await page
    .locator("input[type=file]")
    .nth(1)
    .setInputFiles(csv("field.csv", tinyCluster({ rows: 60, seed: 3, labelled: false })));
  await expectAccessible(page, "two files chosen, on a phone");
  await page.getByRole("button", { name: upload.chain.start }).click();
  await page.getByText(upload.chain.rejected).waitFor();
  await page.getByRole("link", { name: upload.chain.openStep }).last().click();
  await page.getByText(data.rejectedTitle).waitFor();
});
