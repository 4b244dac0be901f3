import { describe, expect, it } from "vitest";
import { createCalibrator } from "../../../packages/ml/src/honesty/calibrator.ts";
import { fitHonesty, type HonestyParts } from "../../../packages/ml/src/honesty/fit-honesty.ts";
import type { Novelty } from "../../../packages/ml/src/honesty/novelty.ts";
import { createRandom } from "../../../packages/ml/src/random/random.ts";
import { normal } from "../fixtures/synthetic-table.ts";

const classes = ["normal", "disk full", "slow network"];
const rowCount = 300;
const learned = 180;
const rowsOf = (first: number, end: number) => Int32Array.from({ length: end - first }, (_, at) => first + at);
const labels = Int32Array.from({ length: rowCount }, (_, row) => row % 3);

/** @param centre of a row's first KPI */
function parts(centre: (row: number) => number, temperature = 1): HonestyParts {
  const random = createRandom(1);
  const values = Float32Array.from({ length: 2 * rowCount }, (_, cell) => {
    return (cell % 2 === 0 ? centre(cell / 2) : 0) + normal(random);
  });
  const test = rowsOf(learned, rowCount);
  const told = Float32Array.from({ length: 3 * test.length }, (_, cell) => {
    const row = Math.floor(cell / 3);
    const wrong = row % 4 === 0 ? 1 : 0;
    return cell % 3 === (test[row] + wrong) % 3 ? 0.98 : 0.01;
  });
  const calibrator = createCalibrator(temperature, 3);
  return {
    ...{ raw: { columnCount: 2, values }, labels, classes, calibrator, novelty: undefined },
    ...{ training: rowsOf(0, learned), validation: new Int32Array(0), test },
    testProbabilities: calibrator.apply(told),
  };
}

/** Scores that are the rows' numbers. */
const byNumber: Novelty = {
  columns: [0],
  score: async (_raw, rows) => Float32Array.from(rows),
  addTo: (_graph, features) => features,
};

describe("what a model knows of its own bounds", () => {
  it("tells the calibration error with its temperature and without", async () => {
    const { report } = await fitHonesty(parts((row) => 9 * labels[row], 3));
    expect(report.calibration.temperature).toBe(3);
    expect(report.calibration.errorBefore).toBeCloseTo(0.98 - 0.75, 5);
    expect(report.calibration.error).toBeLessThan(0.1);
    expect(report.noveltyByClassOut).toEqual([null, null, null]);
  });

  it("calls a row unknown beyond what 19 of 20 rows of the test part reach, where these are enough to tell", async () => {
    const all = parts((row) => 9 * labels[row]);
    const { reference } = await fitHonesty({ ...all, novelty: byNumber });
    expect(reference.noveltyLimit).toBeCloseTo(learned + 0.95 * (rowCount - learned - 1), 3);
    const few = all.test.subarray(0, 19);
    const rare = { ...all, novelty: byNumber, test: few, testProbabilities: all.testProbabilities.subarray(0, 57) };
    expect((await fitHonesty(rare)).reference.noveltyLimit).toBeNull();
  });

  it("takes normal ranges from the class called normal, and the prediction sets from the test part", async () => {
    const { reference } = await fitHonesty(parts((row) => 9 * labels[row]));
    const [range] = reference.normalRanges.ranges;
    expect(reference.normalRanges.source).toBe("normal");
    expect(range?.high).toBeLessThan(6);
    expect(reference.conformal.rows).toBe(rowCount - learned);
    expect(reference.baseline?.source).toBe("normal");
  });

  it("measures novelty by what was learned from the training part, not from the rows that are scored", async () => {
    // In the test part only the third class lies where the other two lie in the training part.
    const moved = parts((row) => (row < learned || labels[row] === 2 ? 9 * (labels[row] % 2) : 200 + 9 * labels[row]));
    const { report } = await fitHonesty({ ...moved, novelty: byNumber });
    expect(report.noveltyByClassOut[2]).toBeLessThan(0.1);
  });
});
