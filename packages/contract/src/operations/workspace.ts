import { z } from "zod";
import { AuditEntryView } from "../audit.ts";
import { ModelId, UserId, WorkspaceId } from "../ids.ts";
import { Limits } from "../limits.ts";
import { MemberView } from "../member.ts";
import { PreferencesChange, PreferencesView } from "../preferences.ts";
import { QuotasChange, QuotasView } from "../quotas.ts";
import { Role } from "../role.ts";
import { type Operation, operation, page, pageOf } from "./operation.ts";

const memberPath = z.object({ userId: UserId });

export const workspaceOperations = {
  getSession: operation({
    method: "GET",
    path: "/v1/session",
    summary: "Who is signed in, the workspace, the role and the limits.",
    role: "viewer",
    target: "api",
    status: 200,
    output: z.object({
      userId: z.string(),
      email: z.string(),
      workspaceId: WorkspaceId,
      role: Role,
      activeModelId: ModelId.nullable(),
      limits: Limits,
      /** Where files can be dropped without the API. */
      drops: z.object({ bucket: z.string(), trainPrefix: z.string(), diagnosePrefix: z.string() }),
    }),
    problems: [],
  }),

  getPreferences: operation({
    method: "GET",
    path: "/v1/me/preferences",
    summary: "How the caller wants the portal.",
    role: "viewer",
    target: "api",
    status: 200,
    output: PreferencesView,
    problems: [],
  }),
  updatePreferences: operation({
    method: "PATCH",
    path: "/v1/me/preferences",
    summary: "Change how the caller wants the portal; nobody else sees it.",
    role: "viewer",
    target: "api",
    body: PreferencesChange,
    status: 200,
    output: PreferencesView,
    problems: ["invalid"],
  }),

  listMembers: operation({
    method: "GET",
    path: "/v1/members",
    summary: "Who belongs to the workspace, and as what.",
    role: "admin",
    target: "api",
    query: page,
    status: 200,
    output: pageOf(MemberView),
    problems: ["invalid"],
  }),
  inviteMember: operation({
    method: "POST",
    path: "/v1/members",
    summary: "Invite somebody by mail, with a password for the first sign-in; once more to send the mail again.",
    role: "admin",
    target: "api",
    body: z.object({ email: z.email().max(320), role: Role }),
    status: 201,
    output: MemberView,
    problems: ["invalid", "conflict"],
  }),
  updateMember: operation({
    method: "PATCH",
    path: "/v1/members/{userId}",
    summary: "Change a member's role; it counts from the next token on, within 15 minutes.",
    role: "admin",
    target: "api",
    pathParameters: memberPath,
    body: z.object({ version: z.int().positive(), role: Role }),
    status: 200,
    output: MemberView,
    problems: ["invalid", "not-found", "conflict"],
  }),
  removeMember: operation({
    method: "DELETE",
    path: "/v1/members/{userId}",
    summary: "Delete a member's account; tokens that are out end within 15 minutes.",
    role: "admin",
    target: "api",
    pathParameters: memberPath,
    status: 204,
    output: null,
    problems: ["not-found", "conflict"],
  }),

  getQuotas: operation({
    method: "GET",
    path: "/v1/quotas",
    summary: "What the workspace may use, and uses.",
    role: "viewer",
    target: "api",
    status: 200,
    output: QuotasView,
    problems: [],
  }),
  updateQuotas: operation({
    method: "PATCH",
    path: "/v1/quotas",
    summary: "Set what the workspace may use, within the limits of the installation.",
    role: "admin",
    target: "api",
    body: QuotasChange,
    status: 200,
    output: QuotasView,
    problems: ["invalid", "conflict"],
  }),
  listAudit: operation({
    method: "GET",
    path: "/v1/audit",
    summary: "Who did what when, newest first.",
    role: "admin",
    target: "api",
    query: page.extend({
      /** User id or e-mail address. */
      actor: z.string().max(320).optional(),
      /** Name in the operation table. */
      operation: z.string().max(100).optional(),
    }),
    status: 200,
    output: pageOf(AuditEntryView),
    problems: ["invalid"],
  }),
} as const satisfies Record<string, Operation>;
