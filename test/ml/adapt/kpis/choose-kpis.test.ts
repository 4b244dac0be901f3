import { describe, expect, it } from "vitest";
import { FitPool } from "../../../../packages/ml/src/adapt/fit/fit-pool.ts";
import { chooseKpis } from "../../../../packages/ml/src/adapt/kpis/choose-kpis.ts";
import { relevance } from "../../../../packages/ml/src/adapt/kpis/relevance.ts";
import type { SourceRows } from "../../../../packages/ml/src/adapt/task.ts";
import { createRandom } from "../../../../packages/ml/src/random/random.ts";

const classCount = 4;

/** Each of the telling KPIs is raised in one class by so many standard deviations; the others are noise. */
function rowsOf(rowCount: number, telling: number, raised: number, idle: number): SourceRows {
  const random = createRandom(3);
  const normal = () => Math.sqrt(-2 * Math.log(1 - random.uniform())) * Math.cos(2 * Math.PI * random.uniform());
  const labels = Int32Array.from({ length: rowCount }, (_, row) => row % classCount);
  const columns = Array.from({ length: telling + idle }, (_, kpi) =>
    Float32Array.from(labels, (label) => normal() + (kpi < telling && kpi % classCount === label ? raised : 0)),
  );
  const weights = new Float32Array(rowCount).fill(1);
  return { rowCount, columns, labels, weights, classCount, classShares: new Float64Array(classCount).fill(0.25) };
}

async function choose(source: SourceRows, but: readonly number[] = []): Promise<number[]> {
  const pool = new FitPool(1);
  const relevances = Float64Array.from(source.columns, (column, kpi) =>
    but.includes(kpi) ? 0 : relevance(column, source.labels, classCount),
  );
  return chooseKpis(source, relevances, { seed: 0, pool }).finally(() => pool.close());
}

describe("how many KPIs are looked at", () => {
  it("few where few tell all there is to tell", async () => {
    const kpis = await choose(rowsOf(400, 8, 4, 30));
    expect(kpis).toEqual([0, 1, 2, 3, 4, 5, 6, 7]);
  });

  it("more where each tells little and there are too few rows to make sure of it", async () => {
    const source = rowsOf(160, 32, 0.9, 8);
    const sure = source.columns.filter((column) => relevance(column, source.labels, classCount) > 2.5);
    const kpis = await choose(source);
    expect(kpis.length).toBeGreaterThan(1.5 * sure.length);
    expect(kpis).toEqual([...kpis].sort((a, b) => a - b));
  });

  it("none that are of no use", async () => {
    const kpis = await choose(rowsOf(160, 32, 0.9, 8), [0, 5]);
    expect(kpis).not.toContain(0);
    expect(kpis).not.toContain(5);
  });
});
