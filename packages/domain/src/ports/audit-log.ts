import type { AuditEntry } from "@systemhealer/contract/audit";
import type { Page, PageRequest } from "./page.ts";

export interface AuditLog {
  append(entry: AuditEntry): Promise<void>;
  /** Newest first. @param filter `actor`: user id or e-mail address */
  list(
    workspaceId: string,
    filter: { readonly actor?: string | undefined; readonly operation?: string | undefined },
    page: PageRequest,
  ): Promise<Page<AuditEntry>>;
}
