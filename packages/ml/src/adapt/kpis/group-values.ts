import type { KpiGroup } from "./kpi-groups.ts";

/**
 * Means of the members of each group, turned so that they rise together, and their medians where there are more than two.
 * @param columns scaled values of the KPIs that the groups count
 * @returns columns; a row in which all members are gaps is one
 */
export function groupValues(columns: readonly Float32Array[], groups: readonly KpiGroup[]): Float32Array[] {
  const values: Float32Array[] = [];
  for (const { members, signs } of groups) {
    const rowCount = columns[members[0]].length;
    const means = new Float32Array(rowCount);
    const medians = new Float32Array(rowCount);
    for (let row = 0; row < rowCount; row++) {
      const present = members
        .map((member, place) => columns[member][row] * signs[place])
        .filter((value) => !Number.isNaN(value))
        .sort((a, b) => a - b);
      const middle = (present.length - 1) / 2;
      means[row] = present.reduce((sum, value) => sum + value, 0) / present.length;
      medians[row] = present.length === 0 ? Number.NaN : (present[Math.floor(middle)] + present[Math.ceil(middle)]) / 2;
    }
    values.push(means);
    if (members.length > 2) values.push(medians);
  }
  return values;
}
