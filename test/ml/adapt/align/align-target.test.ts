import { expect, it } from "vitest";
import { alignTarget, toSource, toTarget } from "../../../../packages/ml/src/adapt/align/align-target.ts";
import { robustLine } from "../../../../packages/ml/src/adapt/align/robust-line.ts";
import type { SourceRows } from "../../../../packages/ml/src/adapt/task.ts";
import { createRandom } from "../../../../packages/ml/src/random/random.ts";

const random = createRandom(2);
const labels = Int32Array.from({ length: 300 }, (_, row) => row % 3);
const kpi = Float32Array.from(labels, (label) => 4 * label + random.uniform());
const source: SourceRows = {
  rowCount: 300,
  columns: [kpi],
  labels,
  weights: new Float32Array(300).fill(1),
  classCount: 3,
  classShares: new Float64Array(3).fill(1 / 3),
};
const posteriorOf = (diagnoses: Int32Array) =>
  Float64Array.from({ length: 900 }, (_, cell) => (diagnoses[Math.floor(cell / 3)] === cell % 3 ? 0.9 : 0.05));

it("a KPI of another unit and base comes back to the source's, though one class behaves otherwise", async () => {
  const elsewhere = Float32Array.from(kpi, (value, row) => (labels[row] === 2 ? 90 : 50 - 100) + 20 * value);
  const lines = await alignTarget({ source: [kpi], target: [elsewhere] }, source, posteriorOf(labels));
  const [aligned] = toSource([elsewhere], lines);
  for (let row = 0; row < 300; row += 3) expect(Math.abs(aligned[row] - kpi[row])).toBeLessThan(0.7);
  const [back] = toTarget([aligned], lines);
  for (let row = 0; row < 300; row++) expect(back[row]).toBeCloseTo(elsewhere[row], 2);
});

it("a KPI stays as it is where only one class is told", async () => {
  const lines = await alignTarget({ source: [kpi], target: [kpi] }, source, posteriorOf(new Int32Array(300)));
  expect(lines).toEqual([{ slope: 1, offset: 0 }]);
});

it("the line passes by what lies astray", () => {
  const x = [0, 1, 2, 3, 4, 5, 6];
  const { slope, offset } = robustLine(x, [1, 3, 5, 7, 9, 11, 90]);
  expect(slope).toBeCloseTo(2, 1);
  expect(offset).toBeCloseTo(1, 1);
});
