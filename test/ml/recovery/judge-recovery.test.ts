import { createReadStream } from "node:fs";
import { createInterface } from "node:readline";
import { beforeAll, describe, expect, it } from "vitest";
import { TrainingSettings } from "../../../packages/contract/src/training-settings.ts";
import { AnomalyTally } from "../../../packages/ml/src/anomaly/anomaly-tally.ts";
import { fitBaseline } from "../../../packages/ml/src/anomaly/baseline.ts";
import { diagnoseCsv } from "../../../packages/ml/src/diagnose/diagnose-csv.ts";
import { openModel } from "../../../packages/ml/src/diagnose/model.ts";
import { trainModel } from "../../../packages/ml/src/pipeline/train-model.ts";
import { judgeRecovery, type RecoveryInput } from "../../../packages/ml/src/recovery/judge-recovery.ts";
import { normalIndex } from "../../../packages/ml/src/recovery/normal-index.ts";
import type { Recovery } from "../../../packages/ml/src/recovery/recovery.ts";
import { type RecoveryOptions, recoveryOf } from "../../../packages/ml/src/recovery/recovery-of.ts";
import { StretchTally } from "../../../packages/ml/src/recovery/stretch-tally.ts";
import { readTable } from "../../../packages/ml/src/table/read-table.ts";
import { nodes, normal, records } from "../../functions/fixtures/repaired-system.ts";
import { contestFile } from "../fixtures/contest-file.ts";

const settings = TrainingSettings.parse({ learner: { learner: "gbdt", rounds: 20, learningRate: 0.3 }, map: "none" });

async function* chunks(...bytes: Uint8Array[]) {
  yield* bytes;
}

async function trained(bytes: Uint8Array): Promise<Uint8Array> {
  const table = await readTable(chunks(bytes));
  return (await trainModel(table, settings, { trainingFileSha256: "0".repeat(64) })).onnx;
}

async function verified(onnx: Uint8Array, rows: Uint8Array, options: RecoveryOptions = {}): Promise<Recovery> {
  const model = await openModel(onnx);
  try {
    const normalClass = normalIndex(model.card.classes, options.normalClass);
    const choices = normalClass < 0 ? {} : { normalClass };
    const sums = await diagnoseCsv(chunks(rows), model, { onResults: () => {}, ...choices });
    return recoveryOf(sums, sums.summary(), model.card, options);
  } finally {
    await model.close();
  }
}

describe("a system of which nothing but diagnoses is known", () => {
  const classes = ["fault", "normal", "other-fault"];
  const falseAlarms = { rows: 300, alarms: 2, source: "test" } as const;

  /** Rows of each node, so many of them diagnosed as the first class, none of which strays. */
  async function judged(nodes: readonly { rows: number; faulty: number }[], more: Partial<RecoveryInput> = {}) {
    const still = { columnCount: 1, values: Float32Array.from({ length: 30 }, (_, row) => row % 3) };
    const baseline = (await fitBaseline(still, Int32Array.from(still.values.keys()), "normal"))!;
    const ranges = [{ low: 0, median: 1, high: 2 }];
    const stretches = new StretchTally(AnomalyTally.of(["cpu"], classes, { baseline, normalRanges: { ranges } }, 3), 1);
    for (const [place, { rows, faulty }] of nodes.entries()) {
      for (let row = 0; row < rows; row++) {
        const diagnosis = row < faulty ? 0 : 1;
        const probabilities = Float32Array.of(1 - diagnosis, diagnosis, 0);
        const told = { diagnosis, unknown: false, node: `n${place}`, time: Number.NaN };
        stretches.addRow({ ...told, probabilities, probabilityOffset: 0 }, Float32Array.of(1), 0);
      }
    }
    const rows = nodes.reduce((sum, node) => sum + node.rows, 0);
    const ill = nodes.reduce((sum, node) => sum + node.faulty, 0);
    const counts = [ill, rows - ill, 0];
    const classRows = classes.map((name, index) => ({ name, rows: counts[index]! }));
    return judgeRecovery({ classes, normal: 1, rows, classRows, stretches, falseAlarms, tellsNovelty: false, ...more });
  }

  it("has a faulty node where that is beyond chance for so many nodes as there are", async () => {
    const healthy = Array.from({ length: 19 }, () => ({ rows: 60, faulty: 0 }));
    expect(await judged([{ rows: 60, faulty: 4 }, ...healthy])).toMatchObject({ verdict: "recovered", nodes: [] });
    expect(await judged([{ rows: 60, faulty: 12 }, ...healthy])).toMatchObject({
      verdict: "not-recovered",
      findings: ["faulty-nodes"],
      nodes: [{ node: "n0", rows: 60, faultRows: 12 }],
    });
    expect(await judged([{ rows: 60, faulty: 4 }])).toMatchObject({ findings: ["fault-rows", "faulty-nodes"] });
  });

  it("in another environment still has the faults that it had before; of others nothing can be told", async () => {
    const facts = { sampledRows: 60, kpis: 1, shifted: 1, gapsShifted: 0, meanDistance: 0.9, classDistance: 0.5 };
    const shift = { verdict: "other" as const, ...facts, most: [] };
    const ill = [{ rows: 60, faulty: 30 }];
    const before = [
      { name: "fault", rows: 40 },
      { name: "normal", rows: 20 },
    ];
    expect(await judged(ill, { shift, before })).toMatchObject({ verdict: "not-recovered", doubts: [] });
    const otherBefore = [{ name: "other-fault", rows: 40 }];
    for (const known of [undefined, otherBefore]) {
      const told = await judged(ill, { shift, ...(known && { before: known }) });
      expect(told).toMatchObject({ verdict: "cannot-tell", doubts: ["other-environment"] });
    }
  });
});

describe("a system of four nodes", () => {
  const states = ["normal", "normal", "cpu-hog", "slow-disk"];
  const mixed = (moment: number, node: string) => states[(moment + nodes.indexOf(node)) % 4]!;
  const before = [
    { name: "cpu-hog", rows: 0 },
    { name: "normal", rows: 180 },
    { name: "slow-disk", rows: 60 },
  ];
  let onnx: Uint8Array;
  beforeAll(async () => {
    onnx = await trained(records(180, 1, mixed, { labels: true }));
  });

  it("is recovered where its rows are as normal ones were, and says by what", async () => {
    const recovery = await verified(onnx, records(60, 2, normal), { before });
    expect(recovery).toMatchObject({
      verdict: "recovered",
      findings: [],
      doubts: [],
      normalClass: "normal",
      judgedRows: 240,
      changed: false,
      from: Date.UTC(2026, 0, 2, 1),
      faultRows: { source: "test" },
      anomalousRows: { expectedShare: 0.01 },
      unknownRows: { expectedShare: 0.05 },
      nodeCount: 4,
      normalNodes: 4,
    });
    expect(recovery.meanNormalProbability).toBeGreaterThan(0.95);
    expect(recovery.faultRows.share).toBeLessThan(0.02);
    expect(recovery.faultRows.probability).toBeGreaterThan(0.05);
    expect(recovery.faults).toMatchObject([
      { name: "slow-disk", before: 0.25 },
      { name: "cpu-hog", before: 0 },
    ]);
  });

  it("is not, where a fault has come back at the end", async () => {
    const relapse = records(80, 3, (moment, node) => (node === "c" && moment >= 60 ? "cpu-hog" : "normal"));
    const recovery = await verified(onnx, relapse, { before });
    expect(recovery).toMatchObject({ verdict: "not-recovered", changed: true, nodes: [{ node: "c", kpisOutside: 1 }] });
    expect(recovery.faults.find(({ name }) => name === "cpu-hog")!.after).toBeGreaterThan(0.2);
    expect(recovery.judgedRows).toBeLessThan(110);
  });

  it("has its faults still where they change the whole environment, and says so only where they were there before", async () => {
    const all = records(60, 4, (_, node) => (node < "d" ? "slow-disk" : "cpu-hog"));
    const known = await verified(onnx, all, { before: [{ name: "slow-disk", rows: 60 }] });
    expect(known).toMatchObject({ verdict: "not-recovered", faults: [{ name: "slow-disk", after: 0.75 }, {}] });
  });

  it("cannot be told where one row in ten is of a fault, and normal rows were few", async () => {
    const few = await trained(records(60, 1, mixed, { labels: true }));
    const hit = (moment: number, node: string) => moment % 3 === 1 && node === "abcd"[moment % 4];
    const rare = records(30, 5, (moment, node) => (hit(moment, node) ? "slow-disk" : "normal"));
    expect(await verified(few, rare)).toMatchObject({
      verdict: "cannot-tell",
      doubts: ["unsure-faults"],
      faultRows: { rows: 10 },
    });
  });

  it("is told by any class that somebody calls normal; of none, nothing is told", async () => {
    const numbered = (bytes: Buffer) =>
      Buffer.from(bytes.toString().replaceAll("normal", "0").replaceAll("cpu-hog", "1").replaceAll("slow-disk", "2"));
    const named = await trained(numbered(records(180, 1, mixed, { labels: true })));
    const rows = records(60, 6, normal);
    expect(await verified(named, rows)).toMatchObject({ verdict: "cannot-tell", doubts: ["no-normal-class"] });
    const told = await verified(named, rows, { normalClass: "0" });
    expect(told).toMatchObject({ verdict: "recovered", normalClass: "0" });
    expect(told).not.toHaveProperty("anomalousRows");
    const still = records(60, 7, () => "slow-disk");
    expect(await verified(named, still, { normalClass: "0" })).toMatchObject({ verdict: "not-recovered" });
  });
});

const file = contestFile("dbpa-mysql/windows_32_128.csv");

describe.skipIf(file === undefined)("KPIs of a database, of which every third row is looked at", () => {
  const looked = new Map<string, string[]>();
  let header = "";
  let onnx: Uint8Array;
  const text = (rows: readonly string[]) => Buffer.from(`${[header, ...rows].join("\n")}\n`);

  beforeAll(async () => {
    const known: string[] = [];
    const seen = new Map<string, number>();
    for await (const line of createInterface({ input: createReadStream(file!) })) {
      if (header === "") header = line;
      else {
        const label = line.slice(line.lastIndexOf(",") + 1).trim();
        const count = seen.get(label) ?? 0;
        seen.set(label, count + 1);
        if (count % 3 < 2) known.push(line);
        else looked.set(label, [...(looked.get(label) ?? []), line]);
      }
    }
    onnx = await trained(text(known));
  }, 60_000);

  it("are back to normal where nothing is wrong, not while any of eight faults is there, nor with half of it left", async () => {
    const healthy = looked.get("Normal")!;
    expect(await verified(onnx, text(healthy))).toMatchObject({ verdict: "recovered" });
    for (const [label, rows] of looked) {
      if (label === "Normal") continue;
      expect(await verified(onnx, text(rows)), label).toMatchObject({ verdict: "not-recovered" });
    }
    const fault = looked.get("Missing Indexes")!;
    const half = await verified(onnx, text([...healthy.slice(0, 40), ...fault.slice(0, 40)]));
    expect(half).toMatchObject({
      verdict: "not-recovered",
      faults: [{ name: "Missing Indexes", after: 0.5 }, {}, {}, {}, {}, {}, {}, {}],
    });
    const tenth = await verified(onnx, text([...healthy.slice(0, 90), ...fault.slice(0, 10)]));
    expect(tenth).toMatchObject({ verdict: "cannot-tell", doubts: ["unsure-faults"] });
  });
});
