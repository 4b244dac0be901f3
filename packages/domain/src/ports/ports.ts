import type { Clock } from "../clock.ts";
import type { Accounts } from "./accounts.ts";
import type { Alerts } from "./alerts.ts";
import type { AuditLog } from "./audit-log.ts";
import type { DatasetStore } from "./dataset-store.ts";
import type { MemberStore } from "./member-store.ts";
import type { ModelStore } from "./model-store.ts";
import type { ObjectStore } from "./object-store.ts";
import type { PreferenceStore } from "./preference-store.ts";
import type { RunStore } from "./run-store.ts";
import type { Transfers } from "./transfers.ts";
import type { Workflows } from "./workflows.ts";
import type { WorkspaceStore } from "./workspace-store.ts";

/** Everything outside that a use case may ask for; each takes the part that it needs. */
export interface Ports {
  readonly datasets: DatasetStore;
  readonly models: ModelStore;
  readonly runs: RunStore;
  readonly workspaces: WorkspaceStore;
  readonly members: MemberStore;
  readonly preferences: PreferenceStore;
  readonly accounts: Accounts;
  readonly audit: AuditLog;
  readonly objects: ObjectStore;
  readonly transfers: Transfers;
  readonly workflows: Workflows;
  readonly alerts: Alerts;
  readonly clock: Clock;
}
