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

const keyOf = (owner: string) => `${owner}.uploads`;
const maxRemembered = 20;

/** @param owner id of the user who began them; whoever uses the browser next does not see them */
export function rememberedUploads(owner: string): readonly RememberedUpload[] {
  const stored = readStored<unknown>(keyOf(owner));
  return Array.isArray(stored) ? (stored as RememberedUpload[]) : [];
}

export function rememberUpload(owner: string, upload: RememberedUpload): void {
  writeStored(keyOf(owner), [upload, ...without(owner, upload.datasetId)].slice(0, maxRemembered));
}

export function forgetUpload(owner: string, datasetId: string): void {
  writeStored(keyOf(owner), without(owner, datasetId));
}

function without(owner: string, datasetId: string): RememberedUpload[] {
  return rememberedUploads(owner).filter((upload) => upload.datasetId !== datasetId);
}
