import type { Limits } from "@systemhealer/contract/limits";
import { ConflictError } from "../errors.ts";
import type { Ports } from "../ports/ports.ts";
import { quotasOf } from "../quotas.ts";
import { storageUsed } from "./storage-used.ts";

/** Two files that are announced at once may together pass the quota by one of them. @throws ConflictError `quota-storage` */
export async function expectRoomFor(
  ports: Pick<Ports, "workspaces" | "datasets" | "objects">,
  workspaceId: string,
  sizeBytes: number,
  limits: Limits,
): Promise<void> {
  const { storageBytes: expected } = quotasOf(await ports.workspaces.find(workspaceId), limits);
  const { storageBytes } = await storageUsed(ports, workspaceId);
  const found = storageBytes + sizeBytes;
  if (found > expected) throw new ConflictError("quota-storage", { found, expected });
}

/** Two runs that are ordered at once may together pass the quota by one. @throws ConflictError `quota-runs` */
export async function expectRoomForRun(
  ports: Pick<Ports, "workspaces" | "runs">,
  workspaceId: string,
  limits: Limits,
): Promise<void> {
  const { runsAtOnce: expected } = quotasOf(await ports.workspaces.find(workspaceId), limits);
  const found = await ports.runs.countActive(workspaceId);
  if (found >= expected) throw new ConflictError("quota-runs", { found, expected });
}
