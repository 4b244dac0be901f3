import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { TestProject } from "vitest/node";
import { startLocalStack } from "../../../local/stack.ts";
import { synthesize } from "../../../local/start/synthesize.ts";
import { findBrowser } from "./browser.ts";

const repository = join(import.meta.dirname, "..", "..", "..");

declare module "vitest" {
  interface ProvidedContext {
    portal: { readonly url: string; readonly outbox: string; readonly browserPath: string };
  }
}

/** The stack and the portal that `npm start` serves, once for all tests in the browser. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const browserPath = findBrowser();
  const dataDirectory = mkdtempSync(join(tmpdir(), "systemhealer-e2e-"));
  const assemblyDirectory = await synthesize(repository, dataDirectory, () => undefined);
  const ports = { api: 0, s3: 0, aws: 0 };
  const stack = await startLocalStack({ dataDirectory, assemblyDirectory, ports });
  const outbox = join(dataDirectory, "user-pools", stack.userPool!.userPoolId, "outbox");
  project.provide("portal", { url: stack.urls.api, outbox, browserPath });
  return async () => {
    await stack.stop();
    rmSync(dataDirectory, { recursive: true, force: true, maxRetries: 5 });
  };
}
