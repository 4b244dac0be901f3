import { storedPrefixes } from "../object-keys.ts";
import type { Ports } from "../ports/ports.ts";

/** Of each area; a listing of so many takes some seconds. */
const mostObjects = 50_000;

export interface StorageUse {
  readonly datasets: number;
  readonly storageBytes: number;
  /** There are more files than are counted: they take up at least so much. */
  readonly storageIsAtLeast?: true;
}

/**
 * Bytes that a workspace takes up: files as they were sent, uncompressed copies, profiles and reports, models and what
 * runs have found, and the files that are announced and have not arrived. What expires by itself (drops, imports, parts
 * of a diagnosis) does not count.
 * @param most files of each area that are counted
 */
export async function storageUsed(
  { datasets, objects }: Pick<Ports, "datasets" | "objects">,
  workspaceId: string,
  most = mostObjects,
): Promise<StorageUse> {
  // Announced before stored: a file that arrives between the two counts once.
  const { count, announced } = await datasets.usage(workspaceId);
  const awaited = new Map(announced.map(({ objectKey, sizeBytes }) => [objectKey, sizeBytes]));
  let storageBytes = 0;
  const areas = await Promise.all(
    storedPrefixes(workspaceId).map(async (prefix) => {
      let counted = 0;
      for await (const { key, sizeBytes } of objects.list(prefix)) {
        if (++counted > most) return "in-part";
        awaited.delete(key);
        storageBytes += sizeBytes;
      }
      return "whole";
    }),
  );
  for (const sizeBytes of awaited.values()) storageBytes += sizeBytes;
  return { datasets: count, storageBytes, ...(areas.includes("in-part") && { storageIsAtLeast: true }) };
}
