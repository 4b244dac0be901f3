import { storedPrefixes } from "../object-keys.ts";
import type { Ports } from "../ports/ports.ts";

/**
 * Bytes that a workspace takes up: files as they were sent, uncompressed copies, profiles and reports, models and what
 * runs have found, and the files that are announced and have not arrived. What expires by itself (drops, imports, parts
 * of a diagnosis) does not count.
 */
export async function storageUsed(
  { datasets, objects }: Pick<Ports, "datasets" | "objects">,
  workspaceId: string,
): Promise<{ readonly datasets: number; readonly storageBytes: number }> {
  // Announced before stored: a file that arrives between the two counts once.
  const { count, announced } = await datasets.usage(workspaceId);
  const awaited = new Map(announced.map(({ objectKey, sizeBytes }) => [objectKey, sizeBytes]));
  let storageBytes = 0;
  await Promise.all(
    storedPrefixes(workspaceId).map(async (prefix) => {
      for await (const { key, sizeBytes } of objects.list(prefix)) {
        awaited.delete(key);
        storageBytes += sizeBytes;
      }
    }),
  );
  for (const sizeBytes of awaited.values()) storageBytes += sizeBytes;
  return { datasets: count, storageBytes };
}
