import { ulid } from "ulid";

/** Ids sort by the time they were made, so a descending key query lists newest first. */
export const newDatasetId = (): string => `ds-${ulid()}`;
export const newModelId = (): string => `mdl-${ulid()}`;
export const newRunId = (): string => `run-${ulid()}`;
