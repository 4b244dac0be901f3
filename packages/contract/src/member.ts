import { z } from "zod";
import { Timestamp, UserId, WorkspaceId } from "./ids.ts";
import { Role } from "./role.ts";

/** `invited`: has not signed in yet. `removed`: kept for some days, so that a token that lives on brings nobody back. */
const memberStatuses = ["invited", "active", "removed"] as const;

export const Member = z.object({
  schema: z.literal("member.v1"),
  workspaceId: WorkspaceId,
  userId: UserId,
  email: z.string().max(320),
  role: Role,
  status: z.enum(memberStatuses),
  version: z.int().positive(),
  createdAt: Timestamp,
  /** Who invited; the user's own id where nobody did. */
  createdBy: z.string(),
  updatedAt: Timestamp,
});
export type Member = z.infer<typeof Member>;

export const MemberView = Member.omit({ workspaceId: true }).meta({ id: "MemberView" });
export type MemberView = z.infer<typeof MemberView>;
