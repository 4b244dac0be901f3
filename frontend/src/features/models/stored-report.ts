import type { ModelCard, Report } from "@systemhealer/contract/model-card";

/** A report as it was stored: one of an earlier version lacks what later versions added. */
export type StoredReport = Pick<Report, "classes" | "test"> & Partial<Report>;
export type StoredCard = Pick<ModelCard, "features" | "classes" | "learner" | "settings"> & Partial<ModelCard>;

export interface KpiUse {
  readonly name: string;
  readonly use: "kept" | "dropped" | "constant";
  /** What it tells of the class, where KPIs were selected by a score. */
  readonly score: number | undefined;
}

/** Each KPI of the training file and what became of it, those that tell most first, then in the file's order. */
export function kpiUses({ features }: Pick<StoredCard, "features">, report: StoredReport | undefined): KpiUse[] {
  const scores = new Map(report?.preparation?.featureScores?.map(({ name, score }) => [name, score]));
  const constant = new Set(report?.preparation?.constantFeaturesDropped);
  return features
    .map(({ name, used }): KpiUse => {
      const use = constant.has(name) ? "constant" : used ? "kept" : "dropped";
      return { name, use, score: scores.get(name) };
    })
    .sort((a, b) => (b.score ?? -1) - (a.score ?? -1));
}
