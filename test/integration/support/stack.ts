import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { LocalStack } from "../../../local/local-stack.ts";
import { startLocalStack } from "../../../local/stack.ts";
import { synthesize } from "../../../local/start/synthesize.ts";

const repository = join(import.meta.dirname, "..", "..", "..");

export interface TestStack extends AsyncDisposable {
  readonly stack: LocalStack;
  readonly dataDirectory: string;
}

/** The stack that `npm start` boots, but for the pages of the portal, on free ports and an empty data folder. */
export async function bootStack(): Promise<TestStack> {
  const dataDirectory = mkdtempSync(join(tmpdir(), "systemhealer-integration-"));
  const portal = join(dataDirectory, "portal");
  mkdirSync(portal);
  writeFileSync(join(portal, "index.html"), "<!doctype html><title>SystemHealer</title>");
  const assemblyDirectory = await synthesize(repository, dataDirectory, () => undefined, { portal });
  const stack = await startLocalStack({ dataDirectory, assemblyDirectory, ports: { api: 0, s3: 0, aws: 0 } });
  return {
    stack,
    dataDirectory,
    async [Symbol.asyncDispose]() {
      await stack.stop();
      rmSync(dataDirectory, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}
