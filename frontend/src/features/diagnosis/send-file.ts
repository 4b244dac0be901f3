import type { Client } from "@systemhealer/contract/client";
import type { DatasetView } from "@systemhealer/contract/dataset";
import { uploadDataset } from "@systemhealer/contract/upload";
import { followUntil } from "../../lib/follow.ts";
import { isMoving } from "../../lib/queries.ts";

export interface SendProgress {
  readonly fileName: string;
  readonly stage: "sending" | "checking";
  /** Of the stage, 0 to 1. */
  readonly fraction: number;
}

/** Sends a file to be diagnosed and waits until it is checked. @throws what the upload throws */
export async function sendFile(
  client: Client,
  file: File,
  onProgress: (progress: SendProgress) => void,
): Promise<DatasetView> {
  const fileName = file.name;
  onProgress({ fileName, stage: "sending", fraction: 0 });
  const source = {
    size: file.size,
    read: async (from: number, to: number) => new Uint8Array(await file.slice(from, to).arrayBuffer()),
  };
  const { datasetId } = await uploadDataset(
    client,
    source,
    { fileName, purpose: "diagnosis" },
    {
      onProgress: ({ arrivedBytes, totalBytes }) =>
        onProgress({ fileName, stage: "sending", fraction: totalBytes === 0 ? 0 : arrivedBytes / totalBytes }),
    },
  );
  return followUntil(
    () => client.call("getDataset", { datasetId }),
    (dataset) => !isMoving(dataset),
    () => onProgress({ fileName, stage: "checking", fraction: 1 }),
  );
}
