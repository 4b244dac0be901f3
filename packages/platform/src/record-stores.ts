import type { Ports } from "@systemhealer/domain/ports/ports";
import { dynamoDatasetStore } from "./dynamo-dataset-store.ts";
import { dynamoMemberStore } from "./dynamo-member-store.ts";
import { dynamoModelStore } from "./dynamo-model-store.ts";
import { dynamoPreferenceStore } from "./dynamo-preference-store.ts";
import { dynamoRunStore } from "./dynamo-run-store.ts";
import { dynamoTable } from "./dynamo-table.ts";
import { dynamoWorkspaceStore } from "./dynamo-workspace-store.ts";

export type RecordStores = Pick<
  Ports,
  "datasets" | "models" | "runs" | "workspaces" | "members" | "preferences" | "clock"
>;

/** The stores of the one table, with the real clock. */
export function recordStores(tableName: string): RecordStores {
  const table = dynamoTable(tableName);
  return {
    datasets: dynamoDatasetStore(table),
    models: dynamoModelStore(table),
    runs: dynamoRunStore(table),
    workspaces: dynamoWorkspaceStore(table),
    members: dynamoMemberStore(table),
    preferences: dynamoPreferenceStore(table),
    clock: () => new Date(),
  };
}
