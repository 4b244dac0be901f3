import type { Model } from "@systemhealer/contract/model";
import type { Page, PageRequest } from "./page.ts";

export interface ModelStore {
  /** @throws ConflictError when the id exists already. */
  create(model: Model): Promise<void>;
  /** @throws NotFoundError */
  get(workspaceId: string, modelId: string): Promise<Model>;
  list(workspaceId: string, page: PageRequest): Promise<Page<Model>>;
  /** @throws NotFoundError */
  addUser(workspaceId: string, modelId: string, userId: string): Promise<void>;
  /** Idempotent; a model that is gone is no error. */
  removeUser(workspaceId: string, modelId: string, userId: string): Promise<void>;
  /** @throws ConflictError naming the first user, while something uses it. Absent is no error. */
  delete(workspaceId: string, modelId: string): Promise<void>;
}
