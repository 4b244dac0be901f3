import { describe, expect, it } from "vitest";
import { explainsBetter, holdsOneState } from "../../../../packages/ml/src/adapt/certainty/few-states.ts";
import { targetStructure } from "../../../../packages/ml/src/adapt/certainty/target-structure.ts";
import type { SourceRows } from "../../../../packages/ml/src/adapt/task.ts";
import { createRandom } from "../../../../packages/ml/src/random/random.ts";
import { classNames, type EnvironmentOptions, environment } from "../fixtures/two-environments.ts";

const classCount = classNames.length;

function columnsOf(options: EnvironmentOptions) {
  const { featureNames, rowCount, values, labels = new Int32Array(0) } = environment(options);
  const width = featureNames.length;
  const columns = featureNames.map((_, kpi) =>
    Float32Array.from({ length: rowCount }, (__, row) => values[row * width + kpi]),
  );
  return { rowCount, columns, labels };
}

function sourceOf(seed: number): SourceRows {
  const { rowCount, columns, labels } = columnsOf({ rows: 400, seed });
  const classShares = new Float64Array(classCount).fill(1 / classCount);
  return { rowCount, columns, labels, weights: new Float32Array(rowCount).fill(1), classCount, classShares };
}

/** Sure diagnoses. */
function posteriorOf(labels: Iterable<number>): Float64Array {
  return Float64Array.from([...labels].flatMap((label) => classNames.map((_, other) => (other === label ? 1 : 0))));
}

const source = sourceOf(1);
const seeds = [11, 12, 13, 14, 15, 16];

describe("a file of one state", () => {
  it.each(seeds.flatMap((seed) => [0, 1, 3].map((only) => ({ seed, only }))))(
    "is known as such, whatever its units are (class $only, seed $seed)",
    async ({ seed, only }) => {
      const fitOf = await targetStructure(source, columnsOf({ rows: 120, seed, shifted: true, only }));
      expect(fitOf && (await holdsOneState(fitOf, source))).toBe(true);
    },
  );

  it.each(seeds)("is not what a file of all states is taken for (seed %i)", async (seed) => {
    const fitOf = await targetStructure(source, columnsOf({ rows: 120, seed, shifted: true }));
    expect(fitOf && (await holdsOneState(fitOf, source))).toBe(false);
  });

  it("is not spoken of where too few KPIs tell the classes apart", async () => {
    const { rowCount, columns } = columnsOf({ rows: 120, seed: 2 });
    const random = createRandom(3);
    const noise = columns.map((column) => column.map(() => random.uniform()));
    expect(
      await targetStructure({ ...source, columns: source.columns.map((c) => c.map(() => 1)) }, { rowCount, columns }),
    ).toBe(undefined);
    expect(await targetStructure(source, { rowCount, columns: noise.map((c) => c.fill(5)) })).toBe(undefined);
  });
});

describe("the classes that are there explain how KPIs go together", () => {
  it("better than others in other shares, whichever of the two is asked first", async () => {
    const target = columnsOf({ rows: 200, seed: 21, shifted: true, only: 1 });
    const fitOf = await targetStructure(source, target);
    if (!fitOf) throw new Error("the KPIs tell the classes apart");
    const right = posteriorOf(target.labels);
    const madeUp = posteriorOf(target.labels.map((_, row) => row % classCount));
    const all = columnsOf({ rows: 200, seed: 22, shifted: true });
    const fitOfAll = await targetStructure(source, all);
    if (!fitOfAll) throw new Error("the KPIs tell the classes apart");
    expect(
      await explainsBetter(fitOfAll, posteriorOf(all.labels), posteriorOf(all.labels.map(() => 1)), classCount),
    ).toBe(true);
    expect(
      await explainsBetter(fitOfAll, posteriorOf(all.labels.map(() => 1)), posteriorOf(all.labels), classCount),
    ).toBe(false);
    expect((await fitOf([0, 1, 0, 0])).difference).toBeLessThan((await fitOf([1, 1, 1, 1])).difference);
    expect(await explainsBetter(fitOf, madeUp, right, classCount)).toBe(false);
  });

  it("and the same shares explain nothing better", async () => {
    const target = columnsOf({ rows: 200, seed: 23, shifted: true });
    const fitOf = await targetStructure(source, target);
    const right = posteriorOf(target.labels);
    expect(fitOf && (await explainsBetter(fitOf, right, right, classCount))).toBe(false);
  });
});
