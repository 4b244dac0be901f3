import { afterAll, beforeAll, expect, test } from "vitest";
import { clientOf } from "./support/api.ts";
import { choose } from "./support/choose.ts";
import { holdBack } from "./support/hold-back.ts";
import { signIn, signUp, texts, type Visitor, visitor } from "./support/visitor.ts";

const { nav, preferences, settings } = texts.en;
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
  const density = async () => (await client.call("getPreferences", {})).density ?? "comfortable";
  expect(await density()).toBe("comfortable");
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
