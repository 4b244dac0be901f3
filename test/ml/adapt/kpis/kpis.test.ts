import { describe, expect, it } from "vitest";
import { groupValues } from "../../../../packages/ml/src/adapt/kpis/group-values.ts";
import { kpiGroups } from "../../../../packages/ml/src/adapt/kpis/kpi-groups.ts";
import { relevance } from "../../../../packages/ml/src/adapt/kpis/relevance.ts";
import { selectKpis } from "../../../../packages/ml/src/adapt/kpis/select-kpis.ts";
import { createRandom } from "../../../../packages/ml/src/random/random.ts";

describe("KPIs that carry signal", () => {
  const random = createRandom(1);
  const labels = Int32Array.from({ length: 600 }, (_, row) => row % 3);
  const noise = Float32Array.from(labels, () => random.uniform());
  const telling = Float32Array.from(labels, (label, row) => noise[row] + (label === 1 ? 0.3 : 0));

  it("stand out of chance, whatever their scale", () => {
    expect(relevance(noise, labels, 3)).toBeLessThan(2.5);
    expect(relevance(telling, labels, 3)).toBeGreaterThan(2.5);
    expect(
      relevance(
        telling.map((value) => value * 8 + 16),
        labels,
        3,
      ),
    ).toBeCloseTo(relevance(telling, labels, 3), 1);
    expect(relevance(new Float32Array(600).fill(Number.NaN), labels, 3)).toBe(0);
  });

  it("are chosen above chance, at most 60, at least five", () => {
    expect(selectKpis([9, 0, 3, 2, 1, 0.5])).toEqual([0, 2, 3, 4, 5]);
    expect(selectKpis([3, 3, 3, 3, 3, 1])).toEqual([0, 1, 2, 3, 4]);
    expect(selectKpis(new Float64Array(100).fill(5))).toHaveLength(60);
  });

  it("form groups where they go together in both files", () => {
    const correlations = Float64Array.of(1, -0.6, 0.2, -0.6, 1, 0, 0.2, 0, 1);
    expect(kpiGroups(correlations, correlations, 3)).toEqual([{ members: [0, 1], signs: [1, -1] }]);
    expect(
      kpiGroups(
        correlations.map((value) => -value),
        correlations,
        3,
      ),
    ).toEqual([]);
  });

  it("give the mean and median of their group, over the members that are there", () => {
    const columns = [
      [1, 2, Number.NaN],
      [-3, Number.NaN, Number.NaN],
      [8, 4, Number.NaN],
    ].map((values) => Float32Array.from(values));
    const [means, medians] = groupValues(columns, [{ members: [0, 1, 2], signs: [1, -1, 1] }]);
    expect([...means]).toEqual([4, 3, Number.NaN]);
    expect([...medians]).toEqual([3, 3, Number.NaN]);
  });
});
