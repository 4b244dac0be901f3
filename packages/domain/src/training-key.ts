import { createHash } from "node:crypto";
import type { TrainingSettings } from "@systemhealer/contract/training-settings";

export interface TrainedFrom {
  /** Of the training file. */
  readonly datasetSha256: string;
  /** The named column; without it, the one that is found by its header. */
  readonly labelColumn?: string | undefined;
  /** Complete: as they were parsed, not as they were ordered. */
  readonly settings: TrainingSettings;
  /** Name and version of what trains. */
  readonly software: string;
}

/** What a model follows from: two trainings with the same key would give the same model. SHA-256, hexadecimal. */
export function trainingKey({ datasetSha256, labelColumn = "", settings, software }: TrainedFrom): string {
  const text = JSON.stringify(sorted({ datasetSha256, labelColumn, settings, software }));
  return createHash("sha256").update(text).digest("hex");
}

/** The same value with the names of its objects in order, so that equal ones are the same text. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value).filter(([, each]) => each !== undefined);
  return Object.fromEntries(entries.sort(([one], [other]) => (one < other ? -1 : 1)).map(([k, v]) => [k, sorted(v)]));
}
