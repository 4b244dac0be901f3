import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { type Client, createClient } from "@systemhealer/contract/client";
import { uploadDataset } from "@systemhealer/contract/upload";
import { afterEach, expect, it } from "vitest";
import type { LocalStack } from "../../local/local-stack.ts";
import { signIn } from "../../local/start/sign-in.ts";
import { simulated, sourceOf } from "./support/data.ts";
import { ended, until, validated } from "./support/wait.ts";

const repository = join(import.meta.dirname, "..", "..");
const dataDirectory = mkdtempSync(join(tmpdir(), "systemhealer-restart-"));
let child: ChildProcess | undefined;

/** `npm start` without its sample, as a process that can be killed. */
async function start(): Promise<Client> {
  child = spawn(
    process.execPath,
    ["--no-warnings", "local/main.ts", "--no-sample", "--data", dataDirectory, "--port", "0"],
    { cwd: repository, stdio: ["ignore", "pipe", "inherit"] },
  );
  let url: string | undefined;
  for await (const line of createInterface(child.stdout!)) {
    url ??= /^\s*API\s+(http:\S+)/.exec(line)?.[1];
    if (line.includes("Ctrl+C")) break;
  }
  child.stdout!.resume();
  if (!url) throw new Error("npm start printed no address");
  const config = (await (await fetch(`${url}/config.json`)).json()) as Record<string, string>;
  const stack = {
    urls: { aws: config.cognitoEndpoint },
    userPool: { userPoolId: config.userPoolId, userPoolClientId: config.userPoolClientId },
  } as unknown as LocalStack;
  const user = JSON.parse(readFileSync(join(dataDirectory, "demo.json"), "utf8"));
  return createClient({ baseUrl: url, token: await signIn(stack, user) });
}

async function kill(signal: NodeJS.Signals): Promise<void> {
  if (!child || child.exitCode !== null || child.signalCode !== null) return;
  const exit = once(child, "exit");
  child.kill(signal);
  await exit;
}

afterEach(async () => {
  await kill("SIGTERM");
  rmSync(dataDirectory, { recursive: true, force: true, maxRetries: 5 });
});

it("a stack killed in mid-training keeps what was finished and fails the broken run, which can be retried", {
  timeout: 300_000,
}, async () => {
  let client = await start();
  const source = sourceOf(await simulated({ rows: 1_200, seed: 3 }));
  const { datasetId } = await uploadDataset(client, source, { fileName: "train.csv", purpose: "training" });
  await validated(client, datasetId);
  const quick = { learner: { learner: "mlp", epochs: 4 } } as const;
  const finished = await client.call("createTrainingRun", { body: { datasetId, settings: quick } });
  await ended(client, finished.runId);
  const before = {
    dataset: await client.call("getDataset", { datasetId }),
    profile: await client.call("getDatasetProfile", { datasetId }),
    run: await client.call("getRun", { runId: finished.runId }),
    models: await client.call("listModels", {}),
  };
  expect(before.run.status).toBe("succeeded");

  const endless = { learner: { learner: "mlp", epochs: 5_000, patience: 5_000 } } as const;
  const broken = await client.call("createTrainingRun", { body: { datasetId, settings: endless } });
  await until(
    () => client.call("getRun", { runId: broken.runId }),
    (run) => run.status === "running" && run.progress.stage === "fitting",
  );
  await kill("SIGKILL");

  client = await start();
  const failed = await ended(client, broken.runId);
  expect(failed).toMatchObject({ status: "failed", failure: { code: "worker-lost" } });
  expect({
    profile: await client.call("getDatasetProfile", { datasetId }),
    run: await client.call("getRun", { runId: finished.runId }),
    models: await client.call("listModels", {}),
  }).toEqual({ profile: before.profile, run: before.run, models: before.models });
  expect(await client.call("getDataset", { datasetId })).toMatchObject({ status: "ready", sizeBytes: source.size });

  const again = await client.call("retryRun", { runId: broken.runId });
  await until(
    () => client.call("getRun", { runId: again.runId }),
    (run) => run.status === "running" && run.progress.stage === "fitting",
  );
  expect(await client.call("cancelRun", { runId: again.runId })).toMatchObject({ status: "cancelled" });
});
