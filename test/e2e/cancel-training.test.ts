import { expect, test } from "vitest";
import { clientOf, uploaded } from "./support/api.ts";
import { tinyCluster } from "./support/tiny-cluster.ts";
import { expectAccessible, signUp, texts, visitor } from "./support/visitor.ts";

test("a training that runs is cancelled on its page, leaves no model, and can be started again", async () => {
  await using guest = await visitor({ language: "zh" });
  const { page, complaints } = guest;
  const { runs } = texts.zh;
  await signUp(guest, "zh");
  const client = await clientOf(page);
  const datasetId = await uploaded(client, "known.csv", tinyCluster({ rows: 4_000, seed: 7, labelled: true }));
  const settings = { learner: { learner: "mlp", epochs: 2_000, patience: 2_000 } } as const;
  const { runId } = await client.call("createTrainingRun", { body: { datasetId, settings } });
  await page.goto(`/runs/${runId}`);
  await page.getByText(runs.scoreChart.epoch).first().waitFor();
  await page.getByRole("button", { name: runs.cancel }).click();
  await page.getByText(runs.cancelledTitle).waitFor();
  await expectAccessible(page, "cancelled run");
  await expect.poll(async () => (await client.call("getRun", { runId })).status, { timeout: 10_000 }).toBe("cancelled");
  expect((await client.call("listModels", { query: {} })).items).toEqual([]);

  await page.getByRole("button", { name: runs.retry }).click();
  await page.getByText(runs.retried).waitFor();
  await expect.poll(() => page.url()).not.toContain(runId);
  await page.getByRole("button", { name: runs.cancel }).click();
  await page.getByText(runs.cancelledTitle).waitFor();
  expect(complaints).toEqual([]);
});
