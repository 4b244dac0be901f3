import { expect, test } from "vitest";
import { clientOf, diagnosed, trained, uploaded } from "./support/api.ts";
import { tinyCluster } from "./support/tiny-cluster.ts";
import { signUp, texts, visitor } from "./support/visitor.ts";

const { auth, common, data, home, models, nav, runs } = texts.en;

test("two users in two workspaces see nothing of each other, not even one after the other in one browser", async () => {
  await using owner = await visitor({ language: "en" });
  const { page } = owner;
  await signUp(owner, "en");
  const client = await clientOf(page);
  const datasetId = await uploaded(client, "secret.csv", tinyCluster({ rows: 300, seed: 7, labelled: true }));
  const modelId = await trained(client, {
    datasetId,
    name: "Secret trees",
    settings: { learner: { learner: "gbdt", rounds: 10 }, map: "pca" },
  });
  const runId = await diagnosed(client, datasetId);
  await page.goto(`/data/${datasetId}`);
  await page.getByRole("heading", { level: 1, name: "secret.csv" }).waitFor();

  await using stranger = await visitor({ language: "en" });
  const addresses = [
    `/data/${datasetId}`,
    `/models/${modelId}`,
    `/runs/${runId}`,
    `/diagnoses/${runId}`,
    `/train?dataset=${datasetId}`,
  ];
  const seesNothing = async (their: typeof page) => {
    for (const path of ["/", "/data", "/runs", "/models", "/diagnose", ...addresses]) {
      await their.goto(path);
      await their.getByRole("heading", { level: 1 }).waitFor();
      await their.getByText(common.loading, { exact: true }).first().waitFor({ state: "hidden" });
      expect(await their.content(), path).not.toMatch(/secret/i);
    }
    await their.goto("/data");
    await their.getByText(data.empty.ready).waitFor();
    await their.goto("/runs");
    await their.getByText(runs.empty).waitFor();
    await their.goto("/models");
    await their.getByText(models.empty).first().waitFor();
  };
  await signUp(stranger, "en");
  await seesNothing(stranger.page);
  const theirs = await clientOf(stranger.page);
  await expect(theirs.call("deleteDataset", { datasetId })).rejects.toMatchObject({ problem: { status: 404 } });
  await expect(theirs.call("createDiagnosisRun", { body: { datasetId, modelId } })).rejects.toMatchObject({
    problem: { status: 404 },
  });

  // The same browser, another account: nothing is kept for the next one, the last page neither.
  await page.getByRole("button", { name: nav.account }).click();
  await page.getByRole("menuitem", { name: auth.signOut, exact: true }).click();
  await page.getByRole("heading", { level: 1, name: auth.signIn }).waitFor();
  await signUp(owner, "en");
  await page.goto("/");
  await page.getByRole("button", { name: home.firstButton }).waitFor();
  await seesNothing(page);
}, 240_000);
