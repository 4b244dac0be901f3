import { readPrivate, writePrivate } from "./session-store.ts";

/**
 * Remembers unfinished uploads by file, size and time of its last change, so that the same command run again goes on
 * where it was interrupted.
 */
const fileName = "uploads.json";
const most = 50;

export interface UploadMark {
  readonly apiUrl: string;
  readonly path: string;
  readonly sizeBytes: number;
  readonly modifiedAt: number;
  readonly purpose: string;
}

type Entry = readonly [key: string, datasetId: string];

export async function recallUpload(mark: UploadMark): Promise<string | undefined> {
  return (await entries()).find(([key]) => key === keyOf(mark))?.[1];
}

export async function rememberUpload(mark: UploadMark, datasetId: string): Promise<void> {
  const others = (await entries()).filter(([key]) => key !== keyOf(mark));
  await writePrivate(fileName, [...others, [keyOf(mark), datasetId]].slice(-most));
}

export async function forgetUpload(mark: UploadMark): Promise<void> {
  const all = await entries();
  const others = all.filter(([key]) => key !== keyOf(mark));
  if (others.length < all.length) await writePrivate(fileName, others);
}

async function entries(): Promise<Entry[]> {
  const value = await readPrivate(fileName);
  if (!Array.isArray(value)) return [];
  return value.filter(
    (entry): entry is Entry =>
      Array.isArray(entry) && entry.length === 2 && entry.every((item) => typeof item === "string"),
  );
}

function keyOf({ apiUrl, path, sizeBytes, modifiedAt, purpose }: UploadMark): string {
  return JSON.stringify([apiUrl, path, sizeBytes, modifiedAt, purpose]);
}
