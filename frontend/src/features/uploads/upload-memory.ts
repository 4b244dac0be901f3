import type { DatasetPurpose } from "@systemhealer/contract/dataset";
import { readStored, writeStored } from "../../lib/storage.ts";

/** What it takes to go on with an upload after the page was closed; the file itself has to be chosen again. */
export interface RememberedUpload {
  readonly datasetId: string;
  readonly name: string;
  readonly sizeBytes: number;
  readonly purpose: DatasetPurpose;
  readonly fingerprint: string;
}

const key = "uploads";
const maxRemembered = 20;

export function rememberedUploads(): readonly RememberedUpload[] {
  const stored = readStored<unknown>(key);
  return Array.isArray(stored) ? (stored as RememberedUpload[]) : [];
}

export function rememberUpload(upload: RememberedUpload): void {
  writeStored(key, [upload, ...without(upload.datasetId)].slice(0, maxRemembered));
}

export function forgetUpload(datasetId: string): void {
  writeStored(key, without(datasetId));
}

function without(datasetId: string): RememberedUpload[] {
  return rememberedUploads().filter((upload) => upload.datasetId !== datasetId);
}
