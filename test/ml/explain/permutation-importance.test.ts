import { expect, test } from "vitest";
import { permutationImportance } from "../../../packages/ml/src/explain/permutation-importance.ts";
import { createRandom } from "../../../packages/ml/src/random/random.ts";

const random = createRandom(5);
const rowCount = 600;
const labels = Int32Array.from({ length: rowCount }, (_, row) => row % 3);
/** Column 0 is the class, column 1 a hint of it, column 2 chance; column 3 is not used. */
const values = Float32Array.from({ length: 4 * rowCount }, (_, cell) => {
  const label = labels[Math.floor(cell / 4)];
  return [label, random.uniform() < 0.3 ? label : -1, random.uniform(), label][cell % 4];
});
let asked = 0;

/** Believes column 0, and where it is 2 the hint too. */
async function predict(rows: Float32Array, count: number): Promise<Float32Array> {
  asked += count;
  const probabilities = new Float32Array(3 * count);
  for (let row = 0; row < count; row++) {
    const hint = rows[4 * row + 1];
    const own = rows[4 * row];
    probabilities[3 * row + (own === 2 && hint >= 0 ? hint : own)] = 1;
  }
  return probabilities;
}

const parts = {
  raw: { columnCount: 4, values },
  rows: Int32Array.from({ length: rowCount }, (_, row) => row),
  labels,
  classCount: 3,
  used: [true, true, true, false],
  predict,
};

test("the column that a model lives by is the most important, one of chance is of no importance", async () => {
  const before = values.slice();
  const found = await permutationImportance(parts, { seed: 1, seconds: 30 });
  expect(found.map(({ column }) => column)).toEqual([0, 1, 2]);
  const [whole, hint, chance] = found;
  expect(whole.mean).toBeGreaterThan(0.4);
  expect(whole.low).toBeGreaterThan(hint.high);
  expect(hint.low).toBeGreaterThan(0);
  expect(chance).toMatchObject({ mean: 0, low: 0, high: 0 });
  for (const { low, mean, high } of found) expect(low <= mean && mean <= high).toBe(true);
  expect(values).toEqual(before);
  expect(await permutationImportance(parts, { seed: 1, seconds: 30 })).toEqual(found);
});

test("with less time fewer rows are asked, with hardly any none is told", async () => {
  asked = 0;
  const slow = async (rows: Float32Array, count: number) => {
    const until = performance.now() + count / 100;
    while (performance.now() < until);
    return predict(rows, count);
  };
  await permutationImportance({ ...parts, predict: slow }, { seed: 1, seconds: 0.02 });
  expect(asked).toBeLessThan(5_000);
  expect(await permutationImportance({ ...parts, predict: slow }, { seed: 1, seconds: 0 })).toEqual([]);
});

test("the interval is of the drop, not of the score: the same rows with and without the shuffle", async () => {
  const own = createRandom(9);
  // The class is right for three rows in four; the second column changes the answer for one in fifty.
  const noisy = Float32Array.from({ length: 2 * rowCount }, (_, cell) => {
    const label = labels[cell >> 1];
    if (cell % 2 === 1) return own.uniform() < 0.02 ? 1 : 0;
    return own.uniform() < 0.75 ? label : (label + 1) % 3;
  });
  const found = await permutationImportance(
    {
      ...parts,
      raw: { columnCount: 2, values: noisy },
      used: [false, true],
      predict: async (rows, count) => {
        const probabilities = new Float32Array(3 * count);
        for (let row = 0; row < count; row++) probabilities[3 * row + ((rows[2 * row] + rows[2 * row + 1]) % 3)] = 1;
        return probabilities;
      },
    },
    { seed: 1, seconds: 30 },
  );
  // Bootstrap resamples of 600 rows alone move the score by 0.07.
  expect(found[0].high - found[0].low).toBeLessThan(0.05);
  expect(found[0].high).toBeGreaterThan(found[0].low);
});
