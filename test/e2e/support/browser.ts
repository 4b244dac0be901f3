import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { delimiter, dirname, join } from "node:path";
import { type BrowserContext, type BrowserContextOptions, chromium } from "playwright-core";

const names = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome", "msedge"];
const usualPlaces = [
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
  "/Applications/Chromium.app/Contents/MacOS/Chromium",
  "C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe",
  "C:\\Program Files (x86)\\Google\\Chrome\\Application\\chrome.exe",
  "C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe",
  "/snap/bin/chromium",
];
const installMilliseconds = 8 * 60_000;

/** There is no browser to test with, and none could be had. */
export class NoBrowserError extends Error {
  override readonly name = "NoBrowserError";
}

/** Path of a Chrome or Chromium: `CHROME_PATH`, one that is installed, else one that this installs. @throws NoBrowserError */
export function findBrowser(): string {
  const found = installed();
  if (found) return found;
  const canUseApt = process.getuid?.() === 0 && spawnSync("apt-get", ["--version"]).status === 0;
  if (canUseApt) {
    run("apt-get", ["update"]);
    run("apt-get", ["install", "-y", "chromium"]);
  } else {
    const cli = join(dirname(createRequire(import.meta.url).resolve("playwright-core/package.json")), "cli.js");
    run(process.execPath, [cli, "install", "chromium"]);
  }
  const now = installed();
  if (now) return now;
  throw new NoBrowserError("No Chrome or Chromium was found or could be installed; install one or set CHROME_PATH.");
}

function installed(): string | undefined {
  const { CHROME_PATH, PATH = "" } = process.env;
  const inPath = PATH.split(delimiter).flatMap((folder) =>
    names.flatMap((name) => [join(folder, name), join(folder, `${name}.exe`)]),
  );
  return [CHROME_PATH ?? "", ...inPath, ...usualPlaces, chromium.executablePath()].find(
    (path) => path && existsSync(path),
  );
}

function run(command: string, words: readonly string[]): void {
  spawnSync(command, words, { stdio: "ignore", timeout: installMilliseconds });
}

export interface TestBrowser extends AsyncDisposable {
  readonly context: BrowserContext;
}

/** A browser with a profile of its own, which is gone afterwards. */
export async function openBrowser(executablePath: string, options: BrowserContextOptions): Promise<TestBrowser> {
  const profile = mkdtempSync(join(tmpdir(), "systemhealer-browser-"));
  const context = await chromium.launchPersistentContext(profile, {
    executablePath,
    headless: true,
    chromiumSandbox: process.getuid?.() !== 0,
    args: [
      "--disable-gpu",
      "--disable-quic",
      "--no-first-run",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
    ],
    acceptDownloads: true,
    ...options,
  });
  context.setDefaultTimeout(60_000);
  return {
    context,
    async [Symbol.asyncDispose]() {
      await context.close();
      rmSync(profile, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}
