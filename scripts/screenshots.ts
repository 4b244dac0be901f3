/**
 * Pictures of the portal's main screens for the README, in both languages, of simulated data in a local stack of its own.
 *
 *     npm run screenshots -- [--out docs/screenshots] [--data DIR]
 *
 * With `--data`, the folder and what was loaded into it are kept for the next time. Chinese needs a font with its
 * characters (Debian: fonts-noto-cjk).
 */
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { createClient } from "@systemhealer/contract/client";
import type { Page } from "playwright-core";
import { startLocalStack } from "../local/stack.ts";
import { demoUser } from "../local/start/demo-user.ts";
import { signIn } from "../local/start/sign-in.ts";
import { synthesize } from "../local/start/synthesize.ts";
import { findBrowser } from "../test/e2e/support/browser.ts";
import { type DemoData, loadDemoData, nameDemoData } from "./screenshots/demo-data.ts";
import { photographer, type Texts, type View } from "./screenshots/photographer.ts";

const repository = join(import.meta.dirname, "..");
const { values } = parseArgs({
  options: { out: { type: "string", default: join(repository, "docs", "screenshots") }, data: { type: "string" } },
});
const desktop = { width: 1280, height: 800, scale: 1 } as const;
const phone = { width: 360, height: 740, scale: 2 } as const;

interface Screen {
  readonly name: string;
  readonly path: (data: DemoData) => string;
  readonly arrange?: (page: Page, texts: Texts) => Promise<void>;
}

const screens: readonly Screen[] = [
  { name: "home", path: () => "/" },
  { name: "data", path: ({ datasetId }) => `/data/${datasetId}` },
  { name: "run", path: ({ trainingRunIds }) => `/runs/${trainingRunIds.boosting}` },
  { name: "model", path: ({ modelIds }) => `/models/${modelIds.boosting}` },
  { name: "result", path: ({ diagnosisRunId }) => `/diagnoses/${diagnosisRunId}` },
];
const [result] = screens.slice(-1);
/** The rows on the model's map, further down the page of a result. */
const map: Screen = {
  name: "map",
  path: ({ diagnosisRunId }) => `/diagnoses/${diagnosisRunId}`,
  arrange: async (page, { diagnosis }) => {
    await page.getByRole("button", { name: diagnosis.kind.scatter, exact: true }).click();
    await page.locator(".chart-frame .chart-surface canvas").waitFor();
    await page.locator(".chart-frame").evaluate((frame) => frame.scrollIntoView({ block: "center" }));
    await page.mouse.move(0, 0);
  },
};

const browserPath = findBrowser();
const dataDirectory = values.data ? resolve(values.data) : mkdtempSync(join(tmpdir(), "systemhealer-screenshots-"));
try {
  const say = (line: string): void => void process.stderr.write(`${line}\n`);
  const assemblyDirectory = await synthesize(repository, dataDirectory, () => say("building …"));
  const stack = await startLocalStack({ dataDirectory, assemblyDirectory, ports: { api: 0, s3: 0, aws: 0 } });
  try {
    const user = await demoUser(stack, dataDirectory);
    const client = createClient({ baseUrl: stack.urls.api, token: await signIn(stack, user) });
    const kept = join(dataDirectory, "demo-data.json");
    if (!existsSync(kept)) {
      say("loading simulated data …");
      writeFileSync(kept, JSON.stringify(await loadDemoData(client)));
    }
    const data = JSON.parse(readFileSync(kept, "utf8")) as DemoData;
    const shoot = async (view: View, wanted: readonly Screen[], suffix = ""): Promise<void> => {
      const camera = await photographer(browserPath, stack.urls.api, user, view);
      try {
        for (const { name, path, arrange } of wanted) {
          const file = join(values.out, view.language, `${name}${suffix}.png`);
          const bytes = await camera.take(path(data), file, arrange);
          say(`${file}: ${Math.round(bytes / 1000)} kB`);
        }
      } finally {
        await camera.close();
      }
    };
    for (const language of ["en", "zh"] as const) {
      await nameDemoData(client, data, language);
      await shoot({ ...desktop, language, colorScheme: "light" }, screens);
      await shoot({ ...desktop, language, colorScheme: "dark" }, [map], "-dark");
      await shoot({ ...phone, language, colorScheme: "light" }, [result!], "-phone");
    }
  } finally {
    await stack.stop();
  }
} finally {
  if (!values.data) rmSync(dataDirectory, { recursive: true, force: true, maxRetries: 5 });
}
