import type { Dataset, DatasetStatus } from "@systemhealer/contract/dataset";
import type { Annotation } from "../annotation.ts";
import type { Page, PageRequest } from "./page.ts";

/** Every call is under one workspace; a foreign id is as absent as an unknown one. */
export interface DatasetStore {
  /** @throws ConflictError when the id exists already. */
  create(dataset: Dataset): Promise<void>;
  /** @throws NotFoundError */
  get(workspaceId: string, datasetId: string): Promise<Dataset>;
  /**
   * Replaces the record if its stored version is `next.version - 1`.
   * Not written: `usedBy`, which belongs to `addUser` and `removeUser`; name, notes and tags, which belong to `annotate`.
   * @throws VersionConflictError
   */
  replace(next: Dataset): Promise<void>;
  list(
    workspaceId: string,
    filter: { readonly status: DatasetStatus; readonly purpose?: Dataset["purpose"]; readonly tag?: string },
    page: PageRequest,
  ): Promise<Page<Dataset>>;
  /** @returns the data set as it is then. @throws NotFoundError; ConflictError naming who was quicker */
  annotate(workspaceId: string, datasetId: string, annotation: Annotation): Promise<Dataset>;
  /** How many data sets of all states there are, and which files are announced and may not have arrived. */
  usage(workspaceId: string): Promise<{
    readonly count: number;
    readonly announced: readonly { readonly objectKey: string; readonly sizeBytes: number }[];
  }>;
  /** Marks the data set as needed by a run or model. @throws NotFoundError, ConflictError when it is not ready. */
  addUser(workspaceId: string, datasetId: string, userId: string): Promise<void>;
  /** Idempotent; a data set that is gone is no error. */
  removeUser(workspaceId: string, datasetId: string, userId: string): Promise<void>;
  /**
   * Absent is no error.
   * @throws ConflictError naming the first user, while something uses it; VersionConflictError when it is no longer
   * the version that was seen
   */
  delete(workspaceId: string, datasetId: string, version: number): Promise<void>;
  /**
   * Raises `rowsRead` and `heartbeatAt` of a data set being validated, without touching its version.
   * @returns false when it is no longer being validated
   */
  beat(workspaceId: string, datasetId: string, rowsRead: number, at: string): Promise<boolean>;
  /** Of all workspaces: uploads that expired, and validations whose last sign of life was, before `before`. */
  listStale(before: string, limit: number): Promise<readonly Dataset[]>;
  /**
   * Remembers the data set of a dropped file, once.
   * @returns the id that was first remembered for the key, which is `datasetId` for the first caller only
   */
  rememberDrop(workspaceId: string, dropHash: string, datasetId: string, at: string): Promise<string>;
}
