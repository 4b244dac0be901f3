import type { RecoveryCheck } from "@systemhealer/contract/recovery";
import type { Progress, Run, RunKind, RunStatus } from "@systemhealer/contract/run";
import type { Annotation } from "../annotation.ts";
import type { Page, PageRequest } from "./page.ts";

export interface RunFilter {
  readonly kind?: RunKind;
  readonly status?: RunStatus;
  readonly tag?: string;
  /** Part of the name, of a tag or of the id, in capitals or not. */
  readonly search?: string;
}

export interface RunStore {
  /** @throws ConflictError when the id exists already. */
  create(run: Run): Promise<void>;
  /** @throws NotFoundError */
  get(workspaceId: string, runId: string): Promise<Run>;
  /**
   * Replaces the record if its stored version is `next.version - 1`, so of two writers of a terminal state one wins.
   * Name, notes and tags are not written: they belong to `annotate`.
   * @throws VersionConflictError
   */
  replace(next: Run): Promise<void>;
  list(workspaceId: string, filter: RunFilter, page: PageRequest): Promise<Page<Run>>;
  /** @returns the run as it is then. @throws NotFoundError; ConflictError naming who was quicker */
  annotate(workspaceId: string, runId: string, annotation: Annotation): Promise<Run>;
  /**
   * Names the run that is to repeat an ended one, where `former` is still what it names.
   * @returns false where somebody was quicker
   */
  claimRetry(
    workspaceId: string,
    runId: string,
    retry: { readonly former?: string | undefined; readonly next: string },
  ): Promise<boolean>;
  /**
   * Names the last check of a diagnosis, unless it names a newer one.
   * @returns false where it does, or the diagnosis is gone
   */
  noteRecovery(workspaceId: string, runId: string, check: RecoveryCheck): Promise<boolean>;
  /**
   * Writes progress and heartbeat of a running run without touching its version.
   * @returns false when the run is no longer running: its worker should stop.
   */
  beat(workspaceId: string, runId: string, progress: Progress, at: string): Promise<boolean>;
  /** A sign of life of a running run that says nothing about its progress. @returns as `beat` */
  touch(workspaceId: string, runId: string, at: string): Promise<boolean>;
  /**
   * Marks a shard of a diagnosis as done (the same shard twice counts once) and raises the run's fraction to the share
   * of shards that are done, never lowering it.
   * @returns the number done; undefined when the run is no longer running: its workers should stop
   */
  markShardDone(
    workspaceId: string,
    runId: string,
    shard: { readonly index: number; readonly count: number },
    at: string,
  ): Promise<number | undefined>;
  /** Queued runs of a workspace that were made before one, and all that are running. */
  countBefore(workspaceId: string, runId: string): Promise<{ readonly queued: number; readonly running: number }>;
  /** Queued and running runs of a workspace. */
  countActive(workspaceId: string): Promise<number>;
  /** @throws VersionConflictError unless the stored version is the one that was seen. Absent is no error. */
  delete(workspaceId: string, runId: string, version: number): Promise<void>;
  /** Queued and running runs of all workspaces, those silent longest first, read as they are asked for. */
  listActive(): AsyncIterable<Run>;
}
