import { randomBytes } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { AxeBuilder } from "@axe-core/playwright";
import type { Page } from "playwright-core";
import { expect, inject } from "vitest";
import { en } from "../../../frontend/src/i18n/en.ts";
import { zh } from "../../../frontend/src/i18n/zh.ts";
import { openBrowser, type TestBrowser } from "./browser.ts";

export const texts = { en, zh };
export type Language = keyof typeof texts;
export const password = "Correct-horse-7-battery";

export interface Visitor extends TestBrowser {
  readonly page: Page;
  /** What the browser complained of: refused by the policy, or thrown. */
  readonly complaints: readonly string[];
}

export interface VisitorOptions {
  readonly language: Language;
  readonly width?: number;
  readonly colorScheme?: "light" | "dark";
}

/** Somebody with a browser in their language. */
export async function visitor({ language, width = 1280, colorScheme = "light" }: VisitorOptions): Promise<Visitor> {
  const { browserPath, url } = inject("portal");
  const browser = await openBrowser(browserPath, {
    baseURL: url,
    locale: language === "zh" ? "zh-CN" : "en-GB",
    viewport: { width, height: width < 500 ? 740 : 900 },
    colorScheme,
    reducedMotion: "reduce",
  });
  const page = browser.context.pages()[0] ?? (await browser.context.newPage());
  const complaints: string[] = [];
  page.on("console", (message) => {
    if (message.type() === "error" && !/status of 4\d\d/.test(message.text())) complaints.push(message.text());
  });
  page.on("pageerror", (error) => complaints.push(String(error)));
  return { ...browser, page, complaints, [Symbol.asyncDispose]: () => browser[Symbol.asyncDispose]() };
}

/** From the front door to the first page, as a stranger. @returns the e-mail address */
export async function signUp({ page }: Visitor, language: Language): Promise<string> {
  const { auth, home } = texts[language];
  const email = `stranger-${randomBytes(4).toString("hex")}@example.com`;
  await page.goto("/");
  await page.getByRole("link", { name: auth.signUp }).click();
  await page.getByRole("heading", { level: 1, name: auth.signUp }).waitFor();
  await page.getByLabel(auth.email).fill(email);
  await page.getByLabel(auth.newPassword, { exact: true }).fill(password);
  await page.getByRole("button", { name: auth.signUp }).click();
  await page.getByLabel(auth.code).fill(await codeSentTo(email));
  await page.getByRole("button", { name: auth.confirm, exact: true }).click();
  await signIn(page, language, email);
  await page.getByRole("heading", { level: 1, name: home.title }).waitFor();
  return email;
}

export async function signIn(page: Page, language: Language, email: string, secret = password): Promise<void> {
  const { auth } = texts[language];
  await page.getByRole("heading", { level: 1, name: auth.signIn }).waitFor();
  await page.getByLabel(auth.email).fill(email);
  await page.getByLabel(auth.password, { exact: true }).fill(secret);
  await page.getByRole("button", { name: auth.signIn, exact: true }).click();
}

export async function codeSentTo(email: string): Promise<string> {
  const { outbox } = inject("portal");
  for (let tries = 0; tries < 100; tries += 1) {
    const mail = mailsIn(outbox).findLast((text) => text.includes(email));
    const secret = mail && (JSON.parse(mail) as { secret?: string }).secret;
    if (secret) return secret;
    await sleep(100);
  }
  throw new Error(`No code was sent to ${email}`);
}

function mailsIn(outbox: string): string[] {
  try {
    return readdirSync(outbox)
      .sort()
      .map((name) => readFileSync(join(outbox, name), "utf8"));
  } catch {
    return [];
  }
}

/** No finding of axe, in both colour schemes, and nothing wider than the window. */
export async function expectAccessible(page: Page, screen: string): Promise<void> {
  for (const colorScheme of ["light", "dark"] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
    await page.waitForFunction((scheme) => document.documentElement.dataset.scheme === scheme, colorScheme);
    const { violations } = await new AxeBuilder({ page }).analyze();
    const found = violations.map(
      ({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 300)).join(" | ")}`,
    );
    expect.soft(found, `${screen}, ${colorScheme}`).toEqual([]);
  }
  await page.emulateMedia({ colorScheme: "light", reducedMotion: "reduce" });
  await expectNoSidewaysScroll(page, screen);
}

export async function expectNoSidewaysScroll(page: Page, screen: string): Promise<void> {
  const [content, window] = await page.evaluate(() => [document.documentElement.scrollWidth, innerWidth] as const);
  expect(content, `${screen}: width of the content`).toBeLessThanOrEqual(window);
}
