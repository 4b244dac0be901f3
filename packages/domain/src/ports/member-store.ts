import type { Member } from "@systemhealer/contract/member";
import type { Page, PageRequest } from "./page.ts";

export interface MemberStore {
  find(workspaceId: string, userId: string): Promise<Member | undefined>;
  /** @throws ConflictError when there is one already */
  create(member: Member): Promise<void>;
  /** @throws VersionConflictError */
  replace(next: Member): Promise<void>;
  /** Those that were not removed. */
  list(workspaceId: string, page: PageRequest): Promise<Page<Member>>;
}
