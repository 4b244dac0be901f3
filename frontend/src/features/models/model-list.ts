import type { ModelView } from "@systemhealer/contract/model";
import type { FilterPart } from "../../lib/use-address-filter.ts";

export interface ModelFilter {
  /** Part of the name, of a tag or of the id. */
  readonly text: string;
  readonly learner: string | undefined;
  readonly tag: string | undefined;
  readonly kind: ModelKind | undefined;
  readonly state: ModelState | undefined;
}

/** Where a model comes from. */
export const modelKinds = ["trained", "adapted", "imported"] as const;
export type ModelKind = (typeof modelKinds)[number];
export const modelStates = ["active", "inactive"] as const;
export type ModelState = (typeof modelStates)[number];

export function kindOf({ origin, adaptedFrom }: ModelView): ModelKind {
  if (origin === "imported") return "imported";
  return adaptedFrom === undefined ? "trained" : "adapted";
}

/** Which models an address asks for: `?search=`, `?learner=`, `?tag=`, `?kind=`, `?status=`. */
export function modelFilterOf(address: URLSearchParams): ModelFilter {
  return {
    text: address.get("search")?.trim() ?? "",
    learner: address.get("learner") || undefined,
    tag: address.get("tag") || undefined,
    kind: modelKinds.find((known) => known === address.get("kind")),
    state: modelStates.find((known) => known === address.get("status")),
  };
}

/** The other way round. */
export function addressOf({ text, learner, tag, kind, state }: FilterPart<ModelFilter>): URLSearchParams {
  const all = { search: text, learner, tag, kind, status: state };
  return new URLSearchParams(Object.entries(all).filter(([, value]) => value) as [string, string][]);
}

export const modelSorts = ["name", "learner", "macroF1", "accuracy", "rows", "trained"] as const;
export type ModelSort = (typeof modelSorts)[number];

/** Rows of the training file. */
export function rowsOf({ classes }: ModelView): number {
  return classes.reduce((sum, { rows }) => sum + rows, 0);
}

export function filterModels(
  models: readonly ModelView[],
  { text, learner, tag, kind, state }: ModelFilter,
): ModelView[] {
  const wanted = text.trim().toLowerCase();
  return models.filter((model) => {
    const tags = model.tags ?? [];
    if (learner !== undefined && model.learner !== learner) return false;
    if (tag !== undefined && !tags.includes(tag)) return false;
    if (kind !== undefined && kindOf(model) !== kind) return false;
    if (state !== undefined && model.active !== (state === "active")) return false;
    return [model.name, model.modelId, ...tags].some((word) => word.toLowerCase().includes(wanted));
  });
}

export function sortModels(models: readonly ModelView[], by: ModelSort, descending: boolean): ModelView[] {
  const sign = descending ? -1 : 1;
  return [...models].sort((a, b) => sign * compare(keyOf(a, by), keyOf(b, by)) || compare(b.modelId, a.modelId));
}

/** Every value once, in the order of the alphabet. */
export function valuesOf(
  models: readonly ModelView[],
  read: (model: ModelView) => readonly string[] | undefined,
): string[] {
  return [...new Set(models.flatMap((model) => read(model) ?? []))].sort((a, b) => a.localeCompare(b));
}

function keyOf(model: ModelView, by: ModelSort): string | number {
  if (by === "rows") return rowsOf(model);
  return by === "trained" ? model.createdAt : model[by];
}

function compare(a: string | number, b: string | number): number {
  if (typeof a === "number" && typeof b === "number") return a - b;
  return String(a).localeCompare(String(b));
}
