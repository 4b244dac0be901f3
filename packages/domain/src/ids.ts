import { createHash } from "node:crypto";
import { decodeTime, ulid } from "ulid";

const crockford = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/** Ids sort by the time they were made, so a descending key query lists newest first. */
export const newDatasetId = (): string => `ds-${ulid()}`;
export const newModelId = (): string => `mdl-${ulid()}`;
export const newRunId = (): string => `run-${ulid()}`;

export const newAuditId = (): string => ulid();

/** The model that a training run registers: one run, one model, however often the registration is repeated. */
export const modelIdOfRun = (runId: string): string => `mdl-${ulidOf(runId)}`;

/** The training run that registers a model: `modelIdOfRun` backwards. */
export const runIdOfModel = (modelId: string): string => `run-${ulidOf(modelId)}`;

/** The run that a dropped data set asks for: one drop, one run, however often the step is repeated. */
export const followUpRunId = (datasetId: string): string => `run-${ulidOf(datasetId)}`;

/** The diagnosis that follows a training: one training, one diagnosis, however often the step is repeated. */
export function chainedRunId(trainingRunId: string): string {
  const ulidText = ulidOf(trainingRunId);
  const digest = createHash("sha256").update(`diagnose after ${trainingRunId}`).digest();
  const random = Array.from(digest.subarray(0, 16), (byte) => crockford[byte % 32]).join("");
  return `run-${ulidText.slice(0, 10)}${random}`;
}

/** When an id was made, in milliseconds since 1970. */
export const madeAt = (id: string): number => decodeTime(ulidOf(id));

function ulidOf(id: string): string {
  return id.slice(id.indexOf("-") + 1);
}
