import type { OperationInput } from "@systemhealer/contract/operations";

/** Which rows of a result are wanted. */
export interface ResultFilter {
  /** Empty: any. */
  readonly className: string;
  readonly confidence: ConfidenceChoice;
  readonly unknown: "any" | "unknown" | "known";
  readonly anomalous: "any" | "anomalous" | "inconspicuous";
  readonly search: string;
}

export const confidenceChoices = ["any", "low", "middle", "high"] as const;
export type ConfidenceChoice = (typeof confidenceChoices)[number];

/** Bounds of the choices, in shares. */
export const confidenceBounds: Readonly<Record<ConfidenceChoice, { readonly min?: number; readonly max?: number }>> = {
  any: {},
  low: { max: 0.5 },
  middle: { min: 0.5, max: 0.8 },
  high: { min: 0.8 },
};

export const noFilter: ResultFilter = {
  className: "",
  confidence: "any",
  unknown: "any",
  anomalous: "any",
  search: "",
};

export type ResultQuery = OperationInput<"getRunResults">["query"];

/** What the API is asked for. */
export function resultQuery(filter: ResultFilter): NonNullable<ResultQuery> {
  const { min, max } = confidenceBounds[filter.confidence];
  const search = filter.search.trim().slice(0, 200);
  return {
    ...(filter.className && { class: filter.className }),
    ...(min !== undefined && { minConfidence: min }),
    ...(max !== undefined && { maxConfidence: max }),
    ...(filter.unknown !== "any" && { unknown: String(filter.unknown === "unknown") }),
    ...(filter.anomalous !== "any" && { anomalous: String(filter.anomalous === "anomalous") }),
    ...(search && { search }),
  };
}

export function isFiltered(filter: ResultFilter): boolean {
  return Object.keys(resultQuery(filter)).length > 0;
}
