/**
 * What travels through the state machines: ids and counts only, never data (Step Functions carries 256 KB at most).
 * One type per state; the comment says who makes it and who reads it.
 */

/** Made by `object-created`; read by the ingest machine and `validate-dataset`. Execution name: the data set's id. */
export interface IngestInput {
  readonly workspaceId: string;
  readonly datasetId: string;
}

/** Made by `validate-dataset`; read by `start-follow-up`. */
export interface ValidatedDataset extends IngestInput {
  readonly status: "ready" | "rejected";
  readonly followUp: "none" | "train" | "diagnose";
}

/** Made by whoever starts a run; read by the training and diagnosis machines. Execution name: the run's id. */
export interface RunInput {
  readonly workspaceId: string;
  readonly runId: string;
}

/** Made by `plan-diagnosis`; its `shards` are mapped over `diagnose-shard`. */
export interface DiagnosisPlan extends RunInput {
  readonly shards: readonly ShardInput[];
}

/** Read by `diagnose-shard`, which finds the byte range in the data set's profile. */
export interface ShardInput extends RunInput {
  readonly shard: number;
}

/** Made by a `Catch`; read by `record-failure`. `error` is the word Step Functions uses (`States.Timeout`, …). */
export interface FailedRunInput extends RunInput {
  readonly error: { readonly Error: string; readonly Cause?: string };
}

/** The same for the ingest machine; read by `record-ingest-failure`. */
export interface FailedIngestInput extends IngestInput {
  readonly error: { readonly Error: string; readonly Cause?: string };
}
