import { beforeAll, describe, expect, it } from "vitest";
import { createCalibrator } from "../../../packages/ml/src/honesty/calibrator.ts";
import { fitHonesty } from "../../../packages/ml/src/honesty/fit-honesty.ts";
import { fitNovelty } from "../../../packages/ml/src/honesty/fit-novelty.ts";
import {
  decodeReference,
  encodeReference,
  ReferenceUnreadableError,
} from "../../../packages/ml/src/honesty/model-reference.ts";
import { createRandom } from "../../../packages/ml/src/random/random.ts";
import { syntheticTable } from "../fixtures/synthetic-table.ts";

const columns = 107;
const classCount = 6;

async function honesty() {
  const table = syntheticTable({ rowsPerClass: new Array<number>(classCount).fill(200), columns, gapShare: 0.05 });
  const { labels = new Int32Array(0), classes = [] } = table;
  const raw = { columnCount: columns, values: table.values };
  const rows = Int32Array.from(labels.keys());
  const part = (share: number) => rows.filter((row) => row % 5 === share);
  const training = rows.filter((row) => row % 5 > 1);
  const test = part(1);
  const random = createRandom(2);
  const testProbabilities = new Float32Array(test.length * classCount);
  for (const [place, row] of test.entries()) {
    const odds = Array.from({ length: classCount }, (_, index) => random.uniform() + (index === labels[row] ? 3 : 0));
    const sum = odds.reduce((total, value) => total + value, 0);
    testProbabilities.set(
      odds.map((value) => value / sum),
      place * classCount,
    );
  }
  const calibrator = createCalibrator(1.5, classCount);
  const novelty = await fitNovelty(raw, training, labels, classCount);
  const parts = { raw, labels, classes, training, validation: part(0), test, testProbabilities, calibrator, novelty };
  return fitHonesty(parts);
}

describe("what a model knows of its bounds", () => {
  let found: Awaited<ReturnType<typeof honesty>>;
  beforeAll(async () => {
    found = await honesty();
  }, 120_000);

  it("is the same once written and read, in less than a megabyte", () => {
    const { reference } = found;
    const text = encodeReference(reference);
    expect(text.length).toBeLessThan(400_000);
    expect(decodeReference(text)).toEqual(reference);
    expect(reference.kpis.drift?.lengths).toEqual([37, 150]);
    const { drift: _, ...former } = JSON.parse(text);
    expect(decodeReference(JSON.stringify(former)).kpis).not.toHaveProperty("drift");
  });

  it("is measured on rows that were not learned from", () => {
    const { reference, report } = found;
    expect(reference.kpis.columns).toHaveLength(columns);
    expect(reference.noveltyLimit).toBeGreaterThan(0);
    expect(reference.conformal.rows).toBe(240);
    expect(report.calibration.error).toBeGreaterThan(0.1);
    expect(report.calibration.errorBefore).not.toBe(report.calibration.error);
    expect(report.predictionSets.covered).toBeGreaterThan(0.85);
    expect(report.noveltyByClassOut).toHaveLength(classCount);
    for (const area of report.noveltyByClassOut) expect(area).toBeGreaterThan(0.95);
  });

  it("is refused where it is damaged or of another kind", () => {
    const text = encodeReference(found.reference);
    expect(() => decodeReference("{")).toThrow(ReferenceUnreadableError);
    expect(() => decodeReference(text.replace("reference.v1", "reference.v9"))).toThrow("not reference.v1");
    expect(() => decodeReference(text.replace(/"numbers":".{40}/, '"numbers":"'))).toThrow(ReferenceUnreadableError);
    const fewer = { ...JSON.parse(text), cuts: [3] };
    expect(() => decodeReference(JSON.stringify(fewer))).toThrow("do not fill");
    const cut = { ...JSON.parse(text), drift: { lengths: [37], values: [1], gaps: [1] } };
    expect(() => decodeReference(JSON.stringify(cut))).toThrow("not the drift of 107 columns");
  });

  it("is refused where a field is missing or of another kind, before any row asks for it", () => {
    const written = JSON.parse(encodeReference(found.reference));
    const { coverage, leastProbability } = written.conformal;
    for (const odd of [
      { conformal: undefined },
      { conformal: { coverage } },
      { conformal: { coverage, leastProbability: leastProbability.slice(1) } },
      { noveltyLimit: "0" },
      { classRows: undefined },
      { cuts: [-1] },
      { normalSource: 0 },
      { numbers: null },
      { drift: { lengths: [37] } },
      { baseline: { ...written.baseline, source: 3 } },
    ]) {
      const text = JSON.stringify({ ...written, ...odd });
      expect(() => decodeReference(text), Object.keys(odd)[0]).toThrow(ReferenceUnreadableError);
      expect(() => decodeReference(text)).toThrow("the reference has not the fields of reference.v1");
    }
  });
});
