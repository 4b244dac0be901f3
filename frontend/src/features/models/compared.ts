import type { ModelView } from "@systemhealer/contract/model";
import type { StoredReport } from "./stored-report.ts";

export interface ComparedModel {
  readonly model: ModelView;
  /** Tells it from the others. */
  readonly name: string;
  readonly report: StoredReport | undefined;
}

/** More than these cannot be told apart side by side. */
export const maxCompared = 6;

export function compareAddress(modelIds: readonly string[]): string {
  return `/models/compare?models=${modelIds.join(",")}`;
}

/** The models that an address compares, each once. */
export function comparedIds(search: URLSearchParams): string[] {
  const ids = (search.get("models") ?? "").split(",").filter((id) => id !== "");
  return [...new Set(ids)].slice(0, maxCompared);
}

/** Names that tell records apart: those that occur twice get a number. */
export function uniqueNames(names: readonly string[]): string[] {
  const seen = new Map<string, number>();
  return names.map((name) => {
    const times = (seen.get(name) ?? 0) + 1;
    seen.set(name, times);
    return times === 1 ? name : `${name} (${times})`;
  });
}
