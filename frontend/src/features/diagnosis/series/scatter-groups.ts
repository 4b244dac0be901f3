import type { DiagnosisSample } from "@systemhealer/contract/diagnosis-sample";
import type { ScatterPoint } from "../../../charts/ScatterChart.tsx";

/** What an axis of the scatter chart can show: the model's map, the confidence, the novelty or a KPI. */
export type ScatterAxis = "map-x" | "map-y" | "confidence" | "novelty" | `kpi:${string}`;

export function scatterAxes({ points, kpis }: DiagnosisSample): readonly ScatterAxis[] {
  const hasMap = points.some(({ x, y }) => x !== undefined && y !== undefined);
  const hasNovelty = points.some(({ novelty }) => novelty !== undefined);
  return [
    ...(hasMap ? (["map-x", "map-y"] as const) : []),
    ...kpis.map((name) => `kpi:${name}` as const),
    "confidence",
    ...(hasNovelty ? (["novelty"] as const) : []),
  ];
}

export interface ScatterGroup {
  readonly name: string;
  readonly points: readonly ScatterPoint[];
}

/** The sample's rows by class, unknown ones under the empty name; rows without a value on either axis are left out. */
export function scatterGroups(sample: DiagnosisSample, xAxis: ScatterAxis, yAxis: ScatterAxis): ScatterGroup[] {
  const [readX, readY] = [reader(sample, xAxis), reader(sample, yAxis)];
  const groups = new Map<number, ScatterPoint[]>();
  for (const point of sample.points) {
    const [x, y] = [readX(point), readY(point)];
    if (x == null || y == null || !Number.isFinite(x) || !Number.isFinite(y)) continue;
    const list = groups.get(point.diagnosis) ?? [];
    if (list.length === 0) groups.set(point.diagnosis, list);
    list.push({ x, y, key: point.row });
  }
  return [...groups]
    .sort(([one], [other]) => one - other)
    .map(([index, points]) => ({
      name: sample.classes[index] ?? "",
      points,
    }));
}

type Point = DiagnosisSample["points"][number];

function reader({ kpis }: DiagnosisSample, axis: ScatterAxis): (point: Point) => number | null | undefined {
  if (axis === "map-x") return ({ x }) => x;
  if (axis === "map-y") return ({ y }) => y;
  if (axis === "confidence") return ({ confidence }) => confidence;
  if (axis === "novelty") return ({ novelty }) => novelty;
  const column = kpis.indexOf(axis.slice("kpi:".length));
  return ({ values }) => values[column];
}
