import { z } from "zod";
import { Timestamp, WorkspaceId } from "./ids.ts";

/** What the product does by itself and notes beside the operations. */
export const ownOperations = ["restoreFile"] as const;

/** Who did what when, to what. */
export const AuditEntry = z.object({
  schema: z.literal("audit.v1"),
  workspaceId: WorkspaceId,
  auditId: z.string(),
  at: Timestamp,
  userId: z.string(),
  email: z.string(),
  /** Name in the operation table, or one of `ownOperations`. */
  operation: z.string(),
  /** Id of what was changed or made. */
  target: z.string().nullable(),
  /** What of the order says more: a name, a role, an address. */
  details: z.record(z.string(), z.union([z.string(), z.number()])),
  requestId: z.string(),
});
export type AuditEntry = z.infer<typeof AuditEntry>;

export const AuditEntryView = AuditEntry.omit({ workspaceId: true }).meta({ id: "AuditEntryView" });
export type AuditEntryView = z.infer<typeof AuditEntryView>;
