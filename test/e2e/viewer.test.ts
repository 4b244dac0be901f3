import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import { clientOf, diagnosed, trained, uploaded } from "./support/api.ts";
import { tinyCluster } from "./support/tiny-cluster.ts";
import {
  codeSentTo,
  expectAccessible,
  type Language,
  password,
  signIn,
  signUp,
  texts,
  visitor,
} from "./support/visitor.ts";

/** Pages on which something is sent or ordered. */
const ordering = ["/data/upload", "/data/chain", "/train", "/diagnose", "/verify", "/adapt", "/clusters"] as const;

async function acceptInvitation(page: Page, language: Language, email: string): Promise<void> {
  const { auth, home } = texts[language];
  await page.goto("/");
  await signIn(page, language, email, await codeSentTo(email));
  await page.getByText(auth.mustChange).waitFor();
  await page.getByLabel(auth.newPassword, { exact: true }).fill(password);
  await page.getByRole("button", { name: auth.setPassword }).click();
  await page.getByRole("heading", { level: 1, name: home.title }).waitFor();
}

/** That it cannot be pressed, and says why to whoever stands on it. */
async function expectRefused(page: Page, language: Language, name: string): Promise<void> {
  const button = page.locator("main [aria-disabled=true]", { hasText: name }).first();
  await button.waitFor();
  await button.focus();
  await page.getByText(texts[language].common.needsOperator).locator("visible=true").first().waitFor();
  await button.blur();
}

async function expectSentences(page: Page, language: Language): Promise<void> {
  const { admin, common } = texts[language];
  const sentence = common.onlyOperators.replace("{{role}}", admin.roles.viewer);
  for (const path of ordering) {
    await page.goto(path);
    await page.getByText(sentence).waitFor();
    expect(await page.locator("main form, main input, main textarea").count(), path).toBe(0);
  }
}

test("a viewer is told in words what the role cannot do, before and after there is something to see, in both languages", async () => {
  await using owner = await visitor({ language: "en" });
  await signUp(owner, "en");
  const client = await clientOf(owner.page);
  const email = `viewer-${Date.now()}@example.com`;
  await client.call("inviteMember", { body: { email, role: "viewer" } });

  await using guest = await visitor({ language: "en" });
  const { page } = guest;
  const { data, home, models, nav, train } = texts.en;
  await acceptInvitation(page, "en", email);
  await expectRefused(page, "en", home.firstButton);
  for (const name of [home.ownData, nav.upload, train.title]) await expectRefused(page, "en", name);
  await expectAccessible(page, "home of a viewer");
  await expectSentences(page, "en");
  await expectAccessible(page, "page for operators");

  const datasetId = await uploaded(client, "known.csv", tinyCluster({ rows: 300, seed: 7, labelled: true }));
  const modelId = await trained(client, {
    datasetId,
    name: "Quick trees",
    settings: { learner: { learner: "gbdt", rounds: 12, learningRate: 0.3 }, map: "pca", keepSample: false },
  });
  const file = tinyCluster({ rows: 100, seed: 11, labelled: false });
  const runId = await diagnosed(client, await uploaded(client, "field.csv", file, "diagnosis"));
  await page.getByRole("link", { name: nav.home }).click();
  await page.getByRole("heading", { name: home.lastDiagnoses }).waitFor();
  for (const name of [nav.upload, nav.diagnose]) await expectRefused(page, "en", name);
  await page.goto(`/data/${datasetId}`);
  await expectRefused(page, "en", data.train);
  await page.goto(`/models/${modelId}`);
  await expectRefused(page, "en", models.diagnoseWith);
  await page.goto(`/diagnoses/${runId}`);
  await page.locator(".chart-surface").first().waitFor();

  await using reader = await visitor({ language: "zh", width: 360 });
  await reader.page.goto("/");
  await signIn(reader.page, "zh", email);
  await reader.page.getByRole("heading", { level: 1, name: texts.zh.home.title }).waitFor();
  await expectSentences(reader.page, "zh");
  await expectAccessible(reader.page, "page for operators on a phone");
  await reader.page.goto("/runs");
  await reader.page.getByRole("link", { name: "Quick trees", exact: true }).click();
  await expectRefused(reader.page, "zh", texts.zh.runs.clone);
  expect([...guest.complaints, ...reader.complaints]).toEqual([]);
});
