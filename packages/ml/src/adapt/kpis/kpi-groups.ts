const leastTargetCorrelation = 0.3;
const leastSourceCorrelation = 0.08;
/** Share of the members that a KPI must go with to join. */
const leastLinks = 0.5;

/** KPIs that rise and fall together in both files; their mean is less noisy than each. */
export interface KpiGroup {
  readonly members: readonly number[];
  /** Per member: 1 where it rises with the first one, −1 where it falls. */
  readonly signs: readonly number[];
}

/**
 * Groups KPIs greedily: the one of the greatest correlations first, then those that go with it.
 * @param source correlations `size × size` in the source
 * @param target correlations `size × size` in the target
 */
export function kpiGroups(source: Float64Array, target: Float64Array, size: number): KpiGroup[] {
  const linked = (a: number, b: number) =>
    a !== b &&
    Math.abs(target[a * size + b]) > leastTargetCorrelation &&
    Math.abs(source[a * size + b]) > leastSourceCorrelation &&
    Math.sign(source[a * size + b]) === Math.sign(target[a * size + b]);
  const left = new Set(Array.from({ length: size }, (_, kpi) => kpi));
  const groups: KpiGroup[] = [];
  for (let seed = strongest(left, target, size, linked); seed >= 0; seed = strongest(left, target, size, linked)) {
    const members = [seed];
    const candidates = [...left]
      .filter((kpi) => linked(seed, kpi))
      .sort((a, b) => Math.abs(target[seed * size + b]) - Math.abs(target[seed * size + a]) || a - b);
    for (const kpi of candidates) {
      if (members.filter((member) => linked(kpi, member)).length >= leastLinks * members.length) members.push(kpi);
    }
    for (const member of members) left.delete(member);
    groups.push({ members, signs: members.map((kpi) => (kpi === seed ? 1 : Math.sign(target[seed * size + kpi]))) });
  }
  return groups;
}

/** The KPI with the greatest sum of links among those left; −1 where none has any. */
function strongest(
  left: ReadonlySet<number>,
  target: Float64Array,
  size: number,
  linked: (a: number, b: number) => boolean,
): number {
  let best = -1;
  let most = 0;
  for (const kpi of left) {
    let sum = 0;
    for (const other of left) if (linked(kpi, other)) sum += Math.abs(target[kpi * size + other]);
    if (sum > most) {
      most = sum;
      best = kpi;
    }
  }
  return best;
}
