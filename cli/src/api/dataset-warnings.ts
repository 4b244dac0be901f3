import type { Client } from "@systemhealer/contract/client";
import type { DatasetView } from "@systemhealer/contract/dataset";
import type { Cli } from "../cli.ts";
import { tellWarnings } from "../terminal/tell-warnings.ts";

/** Tells people what a training with the data set will leave out. */
export async function tellDatasetWarnings(
  { output, signal }: Cli,
  client: Client,
  dataset: DatasetView,
): Promise<void> {
  if (output.json || dataset.status !== "ready" || dataset.purpose !== "training") return;
  if (!dataset.classes.some(({ rows }) => rows === 1)) return;
  const { warnings = [] } = await client.call("getDatasetProfile", { datasetId: dataset.datasetId }, { signal });
  tellWarnings(output, warnings);
}
