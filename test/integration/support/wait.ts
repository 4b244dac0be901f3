import { setTimeout as sleep } from "node:timers/promises";
import type { Client } from "@systemhealer/contract/client";
import type { DatasetView } from "@systemhealer/contract/dataset";
import type { RunView } from "@systemhealer/contract/run";

const longestMilliseconds = 8 * 60_000;

export async function until<T>(
  read: () => Promise<T>,
  enough: (value: T) => boolean,
  seen?: (value: T) => void,
): Promise<T> {
  const deadline = Date.now() + longestMilliseconds;
  for (;;) {
    const value = await read();
    seen?.(value);
    if (enough(value)) return value;
    if (Date.now() > deadline) throw new Error(`Still not so: ${JSON.stringify(value).slice(0, 2_000)}`);
    await sleep(200);
  }
}

export function validated(client: Client, datasetId: string): Promise<DatasetView> {
  return until(
    () => client.call("getDataset", { datasetId }),
    ({ status }) => status === "ready" || status === "rejected",
  );
}

export function ended(client: Client, runId: string, seen?: (run: RunView) => void): Promise<RunView> {
  return until(
    () => client.call("getRun", { runId }),
    ({ status }) => status !== "queued" && status !== "running",
    seen,
  );
}
