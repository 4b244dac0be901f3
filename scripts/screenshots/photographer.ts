import { mkdir, writeFile } from "node:fs/promises";
import { dirname } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import type { Language } from "@systemhealer/contract/messages/message";
import type { Page } from "playwright-core";
import { en } from "../../frontend/src/i18n/en.ts";
import { zh } from "../../frontend/src/i18n/zh.ts";
import type { DemoUser } from "../../local/start/demo-user.ts";
import { openBrowser, type TestBrowser } from "../../test/e2e/support/browser.ts";

const texts = { en, zh };
export type Texts = (typeof texts)[Language];
const stillMilliseconds = 400;
const mostTries = 50;
const mostBytes = 200_000;
/** A part of a spinner that nothing else has; in what is folded there may be one for good. */
const spinner = '[class*="awsui_circle-left_"]';

/** A picture could not be taken as it should be; the message says why. */
export class ScreenshotError extends Error {
  override readonly name = "ScreenshotError";
}

export interface View {
  readonly language: Language;
  readonly width: number;
  readonly height: number;
  readonly colorScheme: "light" | "dark";
  /** Pixels of the picture per pixel of the page. */
  readonly scale: number;
}

export interface Photographer {
  /** Shows a page of the portal, and keeps it once nothing moves any more. @throws ScreenshotError */
  take(path: string, file: string, arrange?: (page: Page, texts: Texts) => Promise<void>): Promise<number>;
  close(): Promise<void>;
}

/** A browser that is signed in. @throws ScreenshotError where it has no Chinese glyphs */
export async function photographer(
  browserPath: string,
  baseURL: string,
  { email, password }: DemoUser,
  { language, width, height, colorScheme, scale }: View,
): Promise<Photographer> {
  const browser: TestBrowser = await openBrowser(browserPath, {
    baseURL,
    locale: language === "zh" ? "zh-CN" : "en-GB",
    timezoneId: "UTC",
    viewport: { width, height },
    deviceScaleFactor: scale,
    colorScheme,
    reducedMotion: "reduce",
  });
  const page = browser.context.pages()[0] ?? (await browser.context.newPage());
  const close = async (): Promise<void> => browser[Symbol.asyncDispose]();
  try {
    const { auth, home } = texts[language];
    await page.goto("/");
    if (language === "zh") await expectChineseGlyphs(page);
    await page.getByLabel(auth.email).fill(email);
    await page.getByLabel(auth.password, { exact: true }).fill(password);
    await page.getByRole("button", { name: auth.signIn, exact: true }).click();
    await page.getByRole("heading", { level: 1, name: home.title }).waitFor();
  } catch (error) {
    await close();
    throw error;
  }
  return {
    close,
    async take(path, file, arrange) {
      await page.goto(path);
      await page.getByRole("heading", { level: 1 }).waitFor();
      await page.waitForLoadState("networkidle");
      await page.evaluate(() => document.fonts.ready.then(() => undefined));
      await page.mouse.move(0, 0);
      await still(page);
      await arrange?.(page, texts[language]);
      const picture = await still(page);
      if (picture.length > mostBytes) throw new ScreenshotError(`${file}: ${picture.length} bytes are too many`);
      await mkdir(dirname(file), { recursive: true });
      await writeFile(file, picture);
      return picture.length;
    },
  };
}

/** The picture, once it is the same twice and nothing is being fetched. */
async function still(page: Page): Promise<Buffer> {
  let before: Buffer = Buffer.alloc(0);
  for (let tries = 0; tries < mostTries; tries += 1) {
    const now = await page.screenshot({ animations: "disabled", caret: "hide" });
    const isBusy = await page.evaluate(
      (mark) => [...document.querySelectorAll(mark)].some((part) => part.checkVisibility()),
      spinner,
    );
    if (!isBusy && now.equals(before)) return now;
    before = now;
    await sleep(stillMilliseconds);
  }
  throw new ScreenshotError(`${page.url()} does not come to rest`);
}

/** Without a font every Chinese character is the same empty box. */
async function expectChineseGlyphs(page: Page): Promise<void> {
  const areSame = await page.evaluate(() => {
    const drawn = (text: string) => {
      const context = Object.assign(document.createElement("canvas"), { width: 40, height: 40 }).getContext("2d")!;
      context.font = "32px sans-serif";
      context.fillText(text, 2, 34);
      return context.canvas.toDataURL();
    };
    return drawn("诊") === drawn("断");
  });
  if (areSame) {
    throw new ScreenshotError("No font with Chinese characters is installed (Debian: apt-get install fonts-noto-cjk).");
  }
}
