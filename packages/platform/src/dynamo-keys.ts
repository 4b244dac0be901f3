import type { Owner } from "@systemhealer/domain/ports/preference-store";
import type { ItemKey } from "./dynamo-table.ts";

/**
 * Keys of the table. `pk` `WS#<workspace>`; `sk` names the record. In the sparse index `active`, runs and data sets
 * have a partition each, sorted by their last sign of life.
 */
export const workspaceKey = (workspaceId: string): ItemKey => ({ pk: partition(workspaceId), sk: "WORKSPACE" });
export const datasetKey = (workspaceId: string, id: string): ItemKey => ({
  pk: partition(workspaceId),
  sk: `DATASET#${id}`,
});
export const modelKey = (workspaceId: string, id: string): ItemKey => ({
  pk: partition(workspaceId),
  sk: `MODEL#${id}`,
});
export const runKey = (workspaceId: string, id: string): ItemKey => ({ pk: partition(workspaceId), sk: `RUN#${id}` });
export const dropKey = (workspaceId: string, hash: string): ItemKey => ({
  pk: partition(workspaceId),
  sk: `DROP#${hash}`,
});

export const trainedKey = (workspaceId: string, key: string): ItemKey => ({
  pk: partition(workspaceId),
  sk: `CACHE#${key}`,
});
export const memberKey = (workspaceId: string, userId: string): ItemKey => ({
  pk: partition(workspaceId),
  sk: `MEMBER#${userId}`,
});
/** Beside the member's record, so that neither writer waits for the other. */
export const preferencesKey = ({ workspaceId, userId }: Owner): ItemKey => ({
  pk: partition(workspaceId),
  sk: `PREFERENCES#${userId}`,
});
export const auditKey = (workspaceId: string, id: string): ItemKey => ({
  pk: partition(workspaceId),
  sk: `AUDIT#${id}`,
});

export const partition = (workspaceId: string): string => `WS#${workspaceId}`;
export const statusPartition = (workspaceId: string, record: "RUN" | "DATASET", status: string): string =>
  `WS#${workspaceId}#${record}#${status}`;
export const activeRuns = "ACTIVE#RUN";
export const activeDatasets = "ACTIVE#DATASET";
