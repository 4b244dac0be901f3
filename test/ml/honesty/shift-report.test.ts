import { createReadStream } from "node:fs";
import { describe, expect, it } from "vitest";
import { fitReference, type Reference } from "../../../packages/ml/src/honesty/reference.ts";
import { RowSample } from "../../../packages/ml/src/honesty/row-sample.ts";
import { shiftReport } from "../../../packages/ml/src/honesty/shift-report.ts";
import { createRandom } from "../../../packages/ml/src/random/random.ts";
import { shuffle } from "../../../packages/ml/src/random/shuffle.ts";
import { readTable } from "../../../packages/ml/src/table/read-table.ts";
import type { Table } from "../../../packages/ml/src/table/table.ts";
import { contestFile } from "../fixtures/contest-file.ts";
import { normal } from "../fixtures/synthetic-table.ts";

const columns = 40;
const names = Array.from({ length: columns }, (_, column) => `kpi${column}`);

/** Correlated KPIs of two classes: some heavy-tailed, some mostly one value, some with gaps. */
function drawRows(count: number, seed: number, classShare = 0.5, change = (value: number, _column: number) => value) {
  const random = createRandom(seed);
  const values = new Float32Array(count * columns);
  const labels = new Int32Array(count);
  for (let row = 0; row < count; row++) {
    labels[row] = random.uniform() < classShare ? 1 : 0;
    const load = normal(random);
    for (let column = 0; column < columns; column++) {
      let value = load + normal(random) + 2 * labels[row] * (column % 3);
      if (column % 4 === 1) value = Math.exp(3 * value);
      if (column % 4 === 2) value = random.uniform() < 0.95 ? 7 : value;
      if (column % 4 === 3 && random.uniform() < 0.1) value = Number.NaN;
      values[row * columns + column] = change(value, column);
    }
  }
  return { values, labels };
}

function sampleOf(reference: Reference, { values, labels }: ReturnType<typeof drawRows>): RowSample {
  const sample = new RowSample(reference);
  for (let row = 0; row < labels.length; row++) sample.add(row + 1, labels[row], values, row * columns);
  return sample;
}

async function reference(): Promise<Reference> {
  const { values, labels } = drawRows(4_000, 1);
  return fitReference({ columnCount: columns, values }, Int32Array.from(labels.keys()), labels, 2);
}

describe("a file of the same origin", () => {
  it.each([30, 100, 1_000])("of %i rows is called another at most once in twenty times", async (count) => {
    const trained = await reference();
    const files = 200;
    let alarms = 0;
    for (let file = 0; file < files; file++) {
      const report = shiftReport(trained, sampleOf(trained, drawRows(count, 1_000 + file)), names);
      if (report.verdict !== "same") alarms++;
    }
    // Five in a hundred, and what chance adds to 200 files.
    expect(alarms / files).toBeLessThanOrEqual(0.08);
  });

  it("that holds one class only is still the same", async () => {
    const trained = await reference();
    const report = shiftReport(trained, sampleOf(trained, drawRows(1_000, 5, 1)), names);
    expect(report.verdict).toBe("same");
    expect(report.classDistance).toBeCloseTo(0.5, 1);
  });

  it("of one row says nothing", async () => {
    const trained = await reference();
    const report = shiftReport(trained, sampleOf(trained, drawRows(1, 5)), names);
    expect(report).toMatchObject({ verdict: "same", sampledRows: 1 });
  });
});

it("a share of gaps that differs surely, but hardly, is not worth a word", async () => {
  const trained = await reference();
  const report = async (gapShare: number) => {
    const rows = drawRows(2_000, 7);
    const random = createRandom(8);
    const values = rows.values.map((value, cell) =>
      cell % columns === 0 && random.uniform() < gapShare ? Number.NaN : value,
    );
    return shiftReport(trained, sampleOf(trained, { ...rows, values }), names);
  };
  const [hardly, clearly] = [await report(0.03), await report(0.08)];
  expect(hardly).toMatchObject({ verdict: "same", gapsShifted: 0 });
  expect(clearly).toMatchObject({ verdict: "partly-other", shifted: 1, gapsShifted: 1, most: [{ name: "kpi0" }] });
  expect(clearly.most[0].gapShare).toBeCloseTo(0.08, 1);
});

/** KPIs that are slow: each row is much like the one before, and a whole stretch may lie beside the next. */
function slowRows(count: number, seed: number, move = 0) {
  const random = createRandom(seed);
  const labels = Int32Array.from({ length: count }, (_, row) => Math.floor(row / 20) % 2);
  const values = new Float32Array(count * columns);
  const state = Array.from({ length: columns }, () => normal(random));
  for (let row = 0; row < count; row++) {
    for (let column = 0; column < columns; column++) {
      state[column] = 0.98 * state[column] + 0.2 * normal(random);
      values[row * columns + column] = state[column] + 2 * labels[row] * (column % 3) + move;
    }
  }
  return { values, labels };
}

describe("a later stretch of slow KPIs", () => {
  const files = 20;

  async function slowReference() {
    const { values, labels } = slowRows(4_000, 1);
    return fitReference({ columnCount: columns, values }, Int32Array.from(labels.keys()), labels, 2);
  }

  it.each([200, 1_000])(
    "of %i rows is no other environment, as rows in random order of its kind would be",
    async (count) => {
      const trained = await slowReference();
      const { drift: _, ...former } = trained;
      let alarms = 0;
      let shifted = 0;
      for (let file = 0; file < files; file++) {
        const sample = sampleOf(trained, slowRows(count, 100 + file));
        const report = shiftReport(trained, sample, names);
        if (report.verdict === "other") alarms++;
        shifted += report.shifted / columns / files;
        expect(shiftReport(former, sample, names).verdict).toBe("other");
      }
      expect(alarms).toBe(0);
      expect(shifted).toBeLessThan(0.05);
    },
  );

  it("that moved as a whole is another all the same", async () => {
    const trained = await slowReference();
    expect(shiftReport(trained, sampleOf(trained, slowRows(1_000, 100, 4)), names).verdict).toBe("other");
  });

  it("of gaps that come in bursts is no other environment either", async () => {
    const bursts = (count: number, seed: number) => {
      const random = createRandom(seed);
      const drawn = drawRows(count, seed);
      let gap = false;
      for (let row = 0; row < count; row++) {
        if (random.uniform() < 0.02) gap = random.uniform() < 0.3;
        if (gap) for (let column = 0; column < columns; column += 2) drawn.values[row * columns + column] = Number.NaN;
      }
      return drawn;
    };
    const { values, labels } = bursts(4_000, 1);
    const trained = await fitReference({ columnCount: columns, values }, Int32Array.from(labels.keys()), labels, 2);
    const { drift: _, ...former } = trained;
    const verdicts = (by: Reference) =>
      Array.from({ length: files }, (_, file) => shiftReport(by, sampleOf(by, bursts(200, 300 + file)), names).verdict);
    expect(verdicts(trained).filter((verdict) => verdict === "other").length).toBeLessThanOrEqual(2);
    expect(verdicts(former).filter((verdict) => verdict === "other").length).toBeGreaterThan(files / 2);
  });

  it("is compared by the rows of the file, not of the sample", async () => {
    const trained = await slowReference();
    const sample = sampleOf(trained, slowRows(30, 100, 1.5));
    const short = shiftReport(trained, sample, names);
    const long = shiftReport(trained, sample, names, 4_000);
    expect(long.shifted).toBeGreaterThan(short.shifted);
  });
});

describe("a file of another origin", () => {
  it("names the KPIs that live in another range", async () => {
    const trained = await reference();
    const moved = drawRows(300, 6, 0.5, (value, column) => (column < 4 ? 3 * value + 5 : value));
    const report = shiftReport(trained, sampleOf(trained, moved), names);
    expect(report.verdict).toBe("partly-other");
    expect(report.most.map(({ name }) => name).sort()).toEqual(["kpi0", "kpi1", "kpi2", "kpi3"]);
    expect(report.most[0].distance).toBeGreaterThan(report.most[3].distance);
  });

  it("is another as a whole where most KPIs moved, though it has but 30 rows", async () => {
    const trained = await reference();
    const report = shiftReport(
      trained,
      sampleOf(
        trained,
        drawRows(30, 7, 0.5, (value) => value + 6),
      ),
      names,
    );
    expect(report.verdict).toBe("other");
    expect(report.shifted).toBeGreaterThan(columns / 4);
  });

  it("sees a base value move a little", async () => {
    const trained = await reference();
    const moved = drawRows(100, 8, 0.5, (value, column) => (column === 2 ? value - 0.001 : value));
    const report = shiftReport(trained, sampleOf(trained, moved), names);
    expect(report.most).toMatchObject([{ name: "kpi2" }]);
    expect(report.most[0].distance).toBeGreaterThan(0.8);
  });

  it("sees gaps come and go", async () => {
    const trained = await reference();
    const gone = drawRows(400, 9, 0.5, (value, column) => (column === 0 ? Number.NaN : value));
    const report = shiftReport(trained, sampleOf(trained, gone), names);
    expect(report).toMatchObject({ shifted: 1, gapsShifted: 1, most: [{ name: "kpi0", gapShare: 1 }] });
  });

  it("leaves out columns that the file does not have", async () => {
    const trained = await reference();
    const gone = drawRows(400, 9, 0.5, (value, column) => (column === 0 ? Number.NaN : value));
    const absent = names.map((name, column) => (column === 0 ? null : name));
    const report = shiftReport(trained, sampleOf(trained, gone), absent);
    expect(report).toMatchObject({ verdict: "same", kpis: columns - 1 });
  });
});

describe("a sample", () => {
  it("of parts, merged in any order, is that of the whole", async () => {
    const trained = await reference();
    const rows = drawRows(6_000, 10);
    const whole = sampleOf(trained, rows);
    const parts = [new RowSample(trained), new RowSample(trained), new RowSample(trained)];
    for (let row = 0; row < rows.labels.length; row++) {
      parts[Math.floor(row / 2_500)].add(row + 1, rows.labels[row], rows.values, row * columns);
    }
    const merged = new RowSample(trained);
    for (const part of [parts[2], parts[0], parts[1]]) merged.merge(JSON.parse(JSON.stringify(part)));
    expect(merged.rows).toBe(2_048);
    expect(merged.rows).toBe(whole.rows);
    expect(shiftReport(trained, merged, names)).toEqual(shiftReport(trained, whole, names));
    expect(merged.classRows()).toEqual(whole.classRows());
  });

  it("takes rows from all over the file", async () => {
    const trained = await reference();
    const sample = new RowSample(trained);
    const row = new Float32Array(columns);
    for (let number = 1; number <= 50_000; number++) sample.add(number, number <= 25_000 ? 0 : 1, row, 0);
    const [early, late] = sample.classRows();
    expect(early / (early + late)).toBeCloseTo(0.5, 1);
  });
});

const [known, other] = [contestFile("zte-a10/train.csv"), contestFile("zte-a10/validate.csv")];

describe.skipIf(known === undefined || other === undefined)("on KPIs of a distributed database", () => {
  const open = (path: string | undefined) => readTable(createReadStream(path!));

  function sampleRows(trained: Reference, table: Table, rows: Int32Array): RowSample {
    const sample = new RowSample(trained);
    const width = table.featureNames.length;
    const labels = table.labels ?? new Int32Array(0);
    for (const row of rows) sample.add(row + 1, labels[row], table.values, row * width);
    return sample;
  }

  it("unchanged files of 30, 100 and 1,000 rows fire in at most 5 %, the later file fires", async () => {
    const table = await open(known);
    const labels = table.labels ?? new Int32Array(0);
    const rows = Int32Array.from(labels.keys());
    shuffle(rows, createRandom(3));
    const raw = { columnCount: table.featureNames.length, values: table.values };
    const half = rows.length >> 1;
    const trained = await fitReference(raw, rows.slice(0, half), labels, 6);
    const rest = rows.slice(half);
    const random = createRandom(4);
    for (const count of [30, 100, 1_000]) {
      let alarms = 0;
      for (let file = 0; file < 100; file++) {
        shuffle(rest, random);
        const report = shiftReport(trained, sampleRows(trained, table, rest.slice(0, count)), table.featureNames);
        if (report.verdict !== "same") alarms++;
      }
      expect(alarms).toBeLessThanOrEqual(5);
    }
    const later = await open(other);
    const report = shiftReport(
      trained,
      sampleRows(trained, later, Int32Array.from((later.labels ?? []).keys())),
      later.featureNames,
    );
    expect(report.verdict).toBe("other");
    expect(report.shifted).toBeGreaterThan(50);
  });
});
