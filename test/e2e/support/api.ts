import { setTimeout as sleep } from "node:timers/promises";
import { type Client, createClient } from "@systemhealer/contract/client";
import type { DatasetPurpose } from "@systemhealer/contract/dataset";
import type { TrainingSettingsInput } from "@systemhealer/contract/training-settings";
import { uploadDataset } from "@systemhealer/contract/upload";
import type { Page } from "playwright-core";
import { inject } from "vitest";
import { sourceOf } from "../../integration/support/data.ts";

/** The API as the person who is signed in on the page. */
export async function clientOf(page: Page): Promise<Client> {
  const token = await page.evaluate(() => {
    const key = Object.keys(localStorage).find((name) => name.endsWith(".idToken"));
    return key === undefined ? null : localStorage.getItem(key);
  });
  if (token === null) throw new Error("Nobody is signed in");
  return createClient({ baseUrl: inject("portal").url, token: async () => token });
}

/** @returns the id of a data set that has been checked */
export async function uploaded(
  client: Client,
  name: string,
  bytes: Uint8Array<ArrayBuffer>,
  purpose: DatasetPurpose = "training",
): Promise<string> {
  const { datasetId } = await uploadDataset(client, sourceOf(bytes), { fileName: name, name, purpose });
  await until(async () => (await client.call("getDataset", { datasetId })).status === "ready");
  return datasetId;
}

export interface TrainingOrder {
  readonly datasetId: string;
  readonly name: string;
  readonly settings: TrainingSettingsInput;
}

/** @returns the id of the trained model */
export async function trained(client: Client, body: TrainingOrder): Promise<string> {
  const { runId } = await client.call("createTrainingRun", { body });
  let modelId = "";
  await until(async () => {
    const run = await client.call("getRun", { runId });
    if (run.status === "failed") throw new Error(`${body.name}: ${run.failure.code}`);
    if (run.status === "cancelled") throw new Error(`${body.name}: cancelled`);
    if (run.kind === "training" && run.status === "succeeded") modelId = run.result.modelId;
    return modelId !== "";
  });
  return modelId;
}

/** @returns the id of the finished run */
export async function diagnosed(
  client: Client,
  datasetId: string,
  more: { readonly verifies?: string } = {},
): Promise<string> {
  const { runId } = await client.call("createDiagnosisRun", { body: { datasetId, ...more } });
  await until(async () => {
    const { status } = await client.call("getRun", { runId });
    if (status === "failed" || status === "cancelled") throw new Error(`diagnosis: ${status}`);
    return status === "succeeded";
  });
  return runId;
}

const pollMilliseconds = 400;
const longestMilliseconds = 200_000;

async function until(isDone: () => Promise<boolean>): Promise<void> {
  const deadline = performance.now() + longestMilliseconds;
  while (!(await isDone())) {
    if (performance.now() > deadline) throw new Error("it took too long");
    await sleep(pollMilliseconds);
  }
}
