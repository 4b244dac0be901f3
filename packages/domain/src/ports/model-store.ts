import type { Model } from "@systemhealer/contract/model";
import type { Annotation } from "../annotation.ts";
import type { Page, PageRequest } from "./page.ts";

export interface ModelStore {
  /** @throws ConflictError when the id exists already. */
  create(model: Model): Promise<void>;
  /** @throws NotFoundError */
  get(workspaceId: string, modelId: string): Promise<Model>;
  list(workspaceId: string, filter: { readonly tag?: string }, page: PageRequest): Promise<Page<Model>>;
  /** @returns the model as it is then. @throws NotFoundError; ConflictError naming who was quicker */
  annotate(workspaceId: string, modelId: string, annotation: Annotation): Promise<Model>;
  /**
   * Remembers which model came of a training, the latest where there are several.
   * @param key of `trainingKey`
   */
  rememberTrained(workspaceId: string, key: string, modelId: string): Promise<void>;
  /** @returns undefined where there is none, or it was deleted */
  findTrained(workspaceId: string, key: string): Promise<Model | undefined>;
  /** @throws NotFoundError */
  addUser(workspaceId: string, modelId: string, userId: string): Promise<void>;
  /** Idempotent; a model that is gone is no error. */
  removeUser(workspaceId: string, modelId: string, userId: string): Promise<void>;
  /** @throws ConflictError naming the first user, while something uses it. Absent is no error. */
  delete(workspaceId: string, modelId: string): Promise<void>;
}
