import type { DiagnosisSample } from "@systemhealer/contract/diagnosis-sample";
import type { ParallelLine } from "../../../charts/parallel-axes.ts";

/** The sample's rows as lines over its KPIs; rare classes are drawn last, so that they are not hidden. */
export function parallelLines({ classes, points }: Pick<DiagnosisSample, "classes" | "points">): ParallelLine[] {
  const counts = new Map<number, number>();
  for (const { diagnosis } of points) counts.set(diagnosis, (counts.get(diagnosis) ?? 0) + 1);
  return points
    .toSorted((one, other) => counts.get(other.diagnosis)! - counts.get(one.diagnosis)!)
    .map(({ row, diagnosis, values }) => ({ key: row, group: classes[diagnosis] ?? "", values }));
}
