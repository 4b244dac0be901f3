import { expect, test } from "vitest";
import { clientOf, uploaded } from "./support/api.ts";
import { tinyCluster } from "./support/tiny-cluster.ts";
import { expectAccessible, signUp, texts, visitor } from "./support/visitor.ts";

const filled = (text: string, number: number) => text.replace("{{number}}", String(number));

test("several data sets are tagged, trained on and deleted at once, several runs are tagged and cancelled at once", async () => {
  await using guest = await visitor({ language: "en" });
  const { page, complaints } = guest;
  const { common, data, runs } = texts.en;
  const { annotate } = common;
  await signUp(guest, "en");
  const client = await clientOf(page);
  for (const [index, name] of ["one.csv", "two.csv"].entries()) {
    await uploaded(client, name, tinyCluster({ rows: 300, seed: 7 + index, labelled: true }));
  }
  await uploaded(client, "field.csv", tinyCluster({ rows: 60, seed: 3, labelled: false }), "diagnosis");
  const tags = async () => (await client.call("listDatasets", { query: { tag: "June" } })).items.length;

  await page.goto("/data");
  await page.getByRole("link", { name: "field.csv" }).waitFor();
  await page.getByRole("checkbox", { name: data.title }).check();
  await page.getByRole("button", { name: filled(annotate.tagMany, 3) }).click();
  await page.getByLabel(annotate.addTags).fill("June, rack 4");
  await expectAccessible(page, "tags for several data sets");
  await page.getByRole("dialog").getByRole("button", { name: annotate.save }).click();
  await page.getByText("rack 4").nth(2).waitFor();
  expect(await tags()).toBe(3);
  await page.getByRole("button", { name: common.undo }).click();
  await page.getByText(filled(annotate.untagged, 3)).waitFor();
  expect(await tags()).toBe(0);

  // Two of the three have fault classes.
  await page.getByRole("checkbox", { name: data.title }).check();
  await page.getByRole("button", { name: filled(data.batchTrain, 2) }).click();
  await page.getByRole("heading", { level: 1, name: runs.title }).waitFor();
  await page.getByRole("link", { name: "two.csv" }).waitFor();
  await page.getByRole("checkbox", { name: runs.title }).check();
  await page.getByRole("button", { name: filled(annotate.tagMany, 2) }).click();
  await page.getByLabel(annotate.addTags).fill("trial");
  await page.getByRole("dialog").getByRole("button", { name: annotate.save }).click();
  await page.getByText("trial").nth(1).waitFor();
  await page.getByRole("checkbox", { name: runs.title }).check();
  await page.getByRole("button", { name: filled(runs.batchCancel, 2) }).click();
  await page.getByText(runs.status.cancelled, { exact: true }).nth(1).waitFor();

  await page.goto("/data");
  await page.getByRole("link", { name: "field.csv" }).waitFor();
  await page.getByRole("checkbox", { name: "field.csv" }).check();
  await page.getByRole("checkbox", { name: "two.csv" }).check();
  await page.getByRole("button", { name: filled(data.batchDelete, 2) }).click();
  await page.getByRole("link", { name: "field.csv" }).waitFor({ state: "detached" });
  await page.getByRole("button", { name: common.undo }).click();
  await page.getByRole("link", { name: "field.csv" }).waitFor();
  expect((await client.call("listDatasets", { query: {} })).items).toHaveLength(3);
  expect(complaints).toEqual([]);
});
