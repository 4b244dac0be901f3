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
