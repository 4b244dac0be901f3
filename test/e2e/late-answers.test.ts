import { afterAll, beforeAll, expect, test } from "vitest";
import { clientOf, uploaded } from "./support/api.ts";
import { choose } from "./support/choose.ts";
import { clusterOwner } from "./support/cluster-owner.ts";
import { holdBack } from "./support/hold-back.ts";
import { tinyCluster } from "./support/tiny-cluster.ts";
import { signIn, signUp, texts, type Visitor, visitor } from "./support/visitor.ts";

const { admin, common, nav, preferences, settings, train } = texts.en;
let owner: Visitor;
let email = "";

beforeAll(async () => {
  owner = await visitor({ language: "en" });
  email = await signUp(owner, "en");
});

afterAll(() => owner[Symbol.asyncDispose]());

test("what is chosen before it is known who has signed in stays chosen, nothing moves when it is, and it is kept", async () => {
  await using other = await visitor({ language: "en" });
  const { page } = other;
  const sessions = await holdBack(page, (_, path) => path === "/v1/session");
  const preferencesOf = await holdBack(page, (_, path) => path === "/v1/me/preferences");
  sessions.close();
  preferencesOf.close();
  await page.goto("/settings");
  await signIn(page, "en", email);
  await page.getByRole("heading", { name: settings.units }).waitFor();
  const chosen = [
    page.getByRole("radio", { name: settings.palettes.ibm }),
    page.getByRole("radio", { name: settings.bytesOptions.binary }),
    page.getByRole("radio", { name: preferences.dark, exact: true }),
  ];
  for (const radio of chosen) await choose(radio);
  const places = () => Promise.all(chosen.map((radio) => radio.boundingBox()));
  const link = page.getByRole("link", { name: nav.settings, exact: true });
  const before = [...(await places()), await link.boundingBox()];

  sessions.open();
  await page.getByRole("link", { name: nav.members, exact: true }).waitFor();
  expect(await Promise.all(chosen.map((radio) => radio.isChecked()))).toEqual([true, true, true]);
  expect([...(await places()), await link.boundingBox()]).toEqual(before);
  preferencesOf.open();
  const client = await clientOf(page);
  const stored = () => client.call("getPreferences", {});
  await expect
    .poll(stored, { timeout: 30_000 })
    .toMatchObject({ palette: { name: "ibm" }, units: { bytes: "binary" }, scheme: "dark" });
  expect(await Promise.all(chosen.map((radio) => radio.isChecked()))).toEqual([true, true, true]);
  expect(other.complaints).toEqual([]);
});

test("settings that were asked for before a choice was taken are not shown over it", async () => {
  const { page } = owner;
  const client = await clientOf(page);
  const isOfPreferences = ({ pathname }: URL) => pathname === "/v1/me/preferences";
  const density = async () => (await client.call("getPreferences", {})).density;
  await client.call("updatePreferences", { body: { density: "comfortable" } });
  // Answers to questions are those of the moment they were asked, and are told late.
  let tellLate = (): void => undefined;
  const isLate = new Promise<void>((resolve) => {
    tellLate = resolve;
  });
  let asked = 0;
  await page.route(isOfPreferences, async (route) => {
    if (route.request().method() !== "GET") return route.fallback();
    const response = await route.fetch();
    asked += 1;
    await isLate;
    await route.fulfill({ response }).catch(() => undefined);
  });
  const writes = await holdBack(page, (request, path) => path === "/v1/me/preferences" && request.method() !== "GET");
  writes.close();
  await page.goto("/settings");
  const compact = page.getByRole("radio", { name: preferences.compact });
  const [sent] = await Promise.all([
    page.waitForRequest((request) => isOfPreferences(new URL(request.url())) && request.method() !== "GET"),
    choose(compact),
  ]);
  // Back from another window, the page asks again.
  const before = asked;
  const comeBack = async () => {
    await page.evaluate(() => window.dispatchEvent(new Event("visibilitychange")));
    return asked;
  };
  await expect.poll(comeBack, { timeout: 30_000, interval: 500 }).toBeGreaterThan(before);
  writes.open();
  await (await sent.response())!.finished();
  await expect.poll(density, { timeout: 30_000 }).toBe("compact");
  tellLate();
  await page.unrouteAll({ behavior: "wait" });
  await page.evaluate(() => new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn))));
  expect(await compact.isChecked()).toBe(true);
  expect(owner.complaints).toEqual([]);
});

test("of two languages asked for one after the other, the later one is shown and kept, however late the texts come", async () => {
  await using guest = await visitor({ language: "zh" });
  const { page } = guest;
  await signUp(guest, "zh");
  const code = await holdBack(page, (request) => request.resourceType() === "script");
  const change = async (language: "English" | "简体中文") => {
    await page.getByRole("button", { name: texts.zh.nav.language }).click();
    await page.getByRole("menuitem", { name: language }).click();
  };
  code.close();
  const fetched = page.waitForRequest((request) => request.resourceType() === "script");
  await change("English");
  await fetched;
  await change("简体中文");
  const came = page.waitForResponse((response) => /\/assets\/member-/.test(response.url()));
  code.open();
  await (await came).finished();
  await page.evaluate(() => new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn))));
  expect(await page.evaluate(() => document.documentElement.lang)).toBe("zh-CN");
  await page.goto("/settings");
  await page.getByRole("heading", { level: 1, name: texts.zh.settings.title }).waitFor();
  await choose(page.getByRole("radio", { name: texts.zh.preferences.compact }));
  const client = await clientOf(page);
  const stored = async () => (await client.call("getPreferences", {})) as { density?: string; language?: string };
  await expect.poll(async () => (await stored()).density, { timeout: 30_000 }).toBe("compact");
  expect((await stored()).language).toBe("zh");
  expect(guest.complaints).toEqual([]);
});

test("what is typed into the quotas stays when somebody else sets one of them, and both count", async () => {
  const { page } = owner;
  const client = await clientOf(page);
  const { quotas } = admin;
  await page.goto("/admin/quotas");
  const rows = page.getByRole("textbox", { name: quotas.rowsPerFile });
  const runs = page.getByRole("textbox", { name: quotas.runsAtOnce });
  await rows.fill("4321");
  const { version } = await client.call("getQuotas", {});
  await client.call("updateQuotas", { body: { version, runsAtOnce: 2 } });
  await expect.poll(() => runs.inputValue(), { timeout: 30_000 }).toBe("2");
  expect(await rows.inputValue()).toBe("4321");
  await page.getByRole("button", { name: quotas.save }).click();
  await page.getByText(quotas.saved).waitFor();
  expect((await client.call("getQuotas", {})).set).toEqual({ runsAtOnce: 2, rowsPerFile: 4_321 });
  expect(await rows.inputValue()).toBe("4321");
  expect(owner.complaints).toEqual([]);
});

test("what others write on a record while its window is open is kept, and where both write the same it is said", async () => {
  const { page } = owner;
  const client = await clientOf(page);
  const datasetId = await uploaded(client, "known.csv", tinyCluster({ rows: 60, seed: 7, labelled: true }));
  await page.goto(`/data/${datasetId}`);
  const dialog = page.getByRole("dialog");
  const open = () => page.getByRole("button", { name: common.annotate.edit }).click();
  const save = () => dialog.getByRole("button", { name: common.annotate.save }).click();
  /** Somebody else writes, and the page reads it, as it does when one comes back to its window. */
  const writtenElsewhere = async (change: { readonly notes?: string; readonly name?: string }) => {
    const { revision = 0 } = await client.call("getDataset", { datasetId });
    await client.call("updateDataset", { datasetId, body: { ...change, revision } });
    await expect
      .poll(
        async () => {
          await page.evaluate(() => window.dispatchEvent(new Event("visibilitychange")));
          return page.getByText(Object.values(change)[0]!).count();
        },
        { timeout: 30_000, interval: 1_000 },
      )
      .toBeGreaterThan(0);
  };
  await open();
  await dialog.getByLabel(common.name).fill("night.csv");
  await writtenElsewhere({ notes: "Seen by Ada." });
  await save();
  await page.getByRole("heading", { level: 1, name: "night.csv" }).waitFor();
  expect(await client.call("getDataset", { datasetId })).toMatchObject({ name: "night.csv", notes: "Seen by Ada." });

  await open();
  await dialog.getByLabel(common.name).fill("mine.csv");
  await writtenElsewhere({ name: "theirs.csv" });
  await save();
  await dialog.getByRole("alert").or(dialog.getByText("theirs.csv")).first().waitFor();
  expect((await client.call("getDataset", { datasetId })).name).toBe("theirs.csv");
  await dialog.getByRole("button", { name: common.cancel }).click();
  expect(owner.complaints).toEqual([]);
});

test("an order keeps the file that it began with when a newer one is there meanwhile", async () => {
  const { page } = owner;
  const client = await clientOf(page);
  await uploaded(client, "first.csv", tinyCluster({ rows: 60, seed: 8, labelled: true }));
  await page.goto("/train");
  const file = page.getByRole("button", { name: new RegExp(`^${train.dataset} `) });
  await file.filter({ hasText: "first.csv" }).waitFor();
  await page.getByLabel(train.name).fill("typed before");
  await uploaded(client, "second.csv", tinyCluster({ rows: 60, seed: 9, labelled: true }));
  let isRead = false;
  page.on("response", async (response) => {
    isRead ||= (await response.text().catch(() => "")).includes("second.csv");
  });
  const comeBack = async () => {
    await page.evaluate(() => window.dispatchEvent(new Event("visibilitychange")));
    return isRead;
  };
  await expect.poll(comeBack, { timeout: 30_000, interval: 1_000 }).toBe(true);
  await page.evaluate(() => new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn))));
  expect(await file.textContent()).toContain("first.csv");
  expect(await page.getByLabel(train.name).inputValue()).toBe("typed before");
  expect(owner.complaints).toEqual([]);
});

test("home shows its cards once all of them are known, so none is pushed away; a question that fails is not waited for", async () => {
  const { guest, page } = await clusterOwner();
  await using _ = guest;
  const { home } = texts.en;
  const uploads = await holdBack(page, (request, path) => path === "/v1/datasets" && request.method() === "GET");
  uploads.close();
  await page.goto("/");
  await page.getByRole("link", { name: nav.members, exact: true }).waitFor();
  await page.getByRole("status").getByText(common.loading).waitFor();
  expect(await page.getByRole("heading", { name: home.activeModel }).count()).toBe(0);
  uploads.open();
  const cards = [home.activeModel, home.lastUpload, home.running, home.lastDiagnoses, home.recent].map((name) =>
    page.getByRole("heading", { name }),
  );
  await cards[0]!.waitFor();
  const places = () => Promise.all(cards.map((card) => card.boundingBox({ timeout: 1_000 })));
  const before = await places();
  await page.waitForLoadState("networkidle");
  expect(await places()).toEqual(before);

  await page.route(
    (address) => address.pathname === "/v1/datasets",
    (route) => route.abort(),
  );
  await page.reload();
  await cards[0]!.waitFor();
  expect(await cards[1]!.count()).toBe(0);
}, 400_000);
