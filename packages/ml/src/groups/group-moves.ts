import type { KpiGroup } from "./group-kpis.ts";

/** A cluster in which a group of KPIs moves. */
export interface GroupMove {
  readonly cluster: number;
  /**
   * Mean of how surely its KPIs lie above those of all other rows, −1 to 1 (Cliff's delta), turned to the group's first
   * one: a KPI that goes the other way counts with the opposite sign.
   */
  readonly shift: number;
}

const leastShift = 0.3;
const mostMoves = 20;

/**
 * In which clusters, that is faults, a group of KPIs moves; the most first.
 * @param shifts per column and cluster, NaN for none
 * @param columnOf place of a KPI among the columns
 */
export function groupMoves(
  { kpis }: Pick<KpiGroup, "kpis">,
  shifts: Float64Array,
  clusterCount: number,
  columnOf: ReadonlyMap<string, number>,
): GroupMove[] {
  const moves: GroupMove[] = [];
  for (let cluster = 0; cluster < clusterCount; cluster++) {
    let [sum, count] = [0, 0];
    for (const { name, correlation } of kpis) {
      const column = columnOf.get(name);
      const shift = column === undefined ? Number.NaN : shifts[column * clusterCount + cluster];
      if (Number.isNaN(shift)) continue;
      sum += Math.sign(correlation) * shift;
      count++;
    }
    if (count > 0 && Math.abs(sum / count) >= leastShift) moves.push({ cluster, shift: sum / count });
  }
  return moves.sort((one, other) => Math.abs(other.shift) - Math.abs(one.shift)).slice(0, mostMoves);
}
