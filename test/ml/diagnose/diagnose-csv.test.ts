import { createReadStream } from "node:fs";
import { gzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import {
  type DiagnoseOptions,
  diagnoseCsv,
  diagnoseShard,
  shardResultsHeader,
} from "../../../packages/ml/src/diagnose/diagnose-csv.ts";
import { DiagnosisAccumulator } from "../../../packages/ml/src/diagnose/diagnosis-accumulator.ts";
import { ColumnsDoNotMatchError } from "../../../packages/ml/src/diagnose/match-columns.ts";
import type { OpenModel } from "../../../packages/ml/src/diagnose/model.ts";
import { validateTable } from "../../../packages/ml/src/validate/validate-table.ts";
import { contestFile } from "../fixtures/contest-file.ts";
import { openSoftmaxModel } from "../fixtures/softmax-model.ts";
import { byteChunks } from "../table/byte-chunks.ts";

let model: OpenModel;
beforeAll(async () => {
  model = await openSoftmaxModel(["a", "b", "c"], ["0", "1", "2"], ["spare"]);
});
afterAll(() => model.close());

type Options = Partial<DiagnoseOptions>;

async function diagnose(content: string | Uint8Array, options: Options = {}, chunkBytes?: number) {
  const chunks: Uint8Array[] = [];
  const onResults = (bytes: Uint8Array) => void chunks.push(bytes);
  const found = await diagnoseCsv(byteChunks(content, chunkBytes), model, { onResults, ...options });
  return { csv: Buffer.concat(chunks).toString(), found, summary: found.summary() };
}

/** Rows with ids and labels, of which one in five is another class than the diagnosed one. */
function table(rowCount: number): string {
  const rows = Array.from({ length: rowCount }, (_, i) => {
    const values = [0, 1, 2].map((feature) => (feature === i % 3 ? 2 + (i % 7) / 7 : i % 11 === 0 ? "" : 0.25));
    return `n${i},${values.join()},0,${(i + (i % 5 === 0 ? 1 : 0)) % 3}\n`;
  });
  return `sample_id,a,b,c,spare,label\n${rows.join("")}`;
}

describe("the diagnosis of a file", () => {
  test("writes class, confidence and all probabilities per row, in the order of the rows", async () => {
    const { csv } = await diagnose("b,sample_id,a,c\n0,x1,1,NA\n5,=x2,0,1\n,x3,,\n");
    expect(csv).toBe(
      "row,sample_id,diagnosis,confidence,p_0,p_1,p_2\n" +
        "1,x1,0,0.576117,0.576117,0.211942,0.211942\n" +
        "2,'=x2,1,0.975559,0.006573,0.975559,0.017868\n" +
        "3,x3,0,0.333333,0.333333,0.333333,0.333333\n",
    );
  });

  test("writes no id column where the file has none", async () => {
    expect((await diagnose("a,b,c\n1,1,1\n")).csv).toBe(
      "row,diagnosis,confidence,p_0,p_1,p_2\n1,0,0.333333,0.333333,0.333333,0.333333\n",
    );
  });

  test("takes missing columns for gaps, and tells them and the unknown ones", async () => {
    const { summary } = await diagnose("host,c,x,b\nn1,1,abc,1\n");
    expect(summary.columns).toEqual({ missing: ["a", "spare"], unknown: ["x"] });
    expect(summary.classes.map(({ rows }) => rows)).toEqual([0, 1, 0]);
  });

  test("is scored where the file has labels", async () => {
    const { summary, found } = await diagnose(table(1_000));
    expect(summary.evaluation).toMatchObject({ rows: 1_000, accuracy: 0.8, classes: ["0", "1", "2"] });
    expect(found.idsUnique).toBe(true);
    expect((await diagnose("a,b,label\n1,0,0.0\n0,1,z\n0,1,\n")).summary.evaluation).toMatchObject({
      rows: 2,
      accuracy: 0.5,
      classes: ["0", "1", "2", "z"],
    });
  });

  test("counts labels past two hundred unknown ones together", async () => {
    const rows = Array.from({ length: 300 }, (_, i) => `1,0,label ${i}\n`);
    const { evaluation } = (await diagnose(`a,b,label\n${rows.join("")}`)).summary;
    expect(evaluation!.classes.length).toBe(3 + 200 + 1);
    expect(evaluation!.rows).toBe(300);
  });

  test("is the same in batches of any size, in chunks of any size, compressed, and read in a worker", async () => {
    const content = table(500);
    const whole = await diagnose(content);
    const others = [
      diagnose(content, { rowsPerBatch: 1 }),
      diagnose(content, { rowsPerBatch: 7 }, 100),
      diagnose(content, { rowsPerBatch: 500 }, 1_000),
      diagnose(gzipSync(content)),
      diagnose(content, { readInWorker: true }),
      diagnose(content, { readInWorker: true, rowsPerBatch: 7 }, 100),
    ];
    for (const other of await Promise.all(others)) {
      expect(other.csv).toBe(whole.csv);
      expect(JSON.stringify(other.found)).toBe(JSON.stringify(whole.found));
    }
  });

  test("of shards, one after the other, is the diagnosis of the file", async () => {
    const content = table(2_000);
    const whole = await diagnose(content);
    const result = await validateTable(byteChunks(content), { purpose: "training", rangeBytes: 8_000 });
    if (!result.ok) throw new Error(JSON.stringify(result.report));
    const { columns, dialect, ranges } = result.profile;
    expect(ranges.length).toBeGreaterThan(4);
    let csv = Buffer.from(shardResultsHeader(columns, model)).toString();
    const parts: DiagnosisAccumulator[] = [];
    for (const { firstByte, endByte, firstRow } of ranges) {
      const rows = byteChunks(Buffer.from(content).subarray(firstByte, endByte), 1_000);
      const origin = { columns, delimiter: dialect.delimiter, firstRow };
      const onResults = (bytes: Uint8Array) => {
        csv += Buffer.from(bytes);
      };
      parts.push(await diagnoseShard(rows, origin, model, { onResults }));
    }
    expect(csv).toBe(whole.csv);
    const merged = DiagnosisAccumulator.fromJSON(JSON.parse(JSON.stringify(parts[0])));
    for (const part of parts.slice(1)) merged.merge(JSON.parse(JSON.stringify(part)));
    const { meanConfidence, ...sums } = merged.summary();
    const { meanConfidence: wholeMean, ...wholeSums } = whole.summary;
    expect(sums).toEqual(wholeSums);
    expect(meanConfidence).toBeCloseTo(wholeMean, 12);
    expect(merged.idsUnique).toBe(true);
  });

  test("tells how far it is, and waits for whoever takes its results", async () => {
    const seen: number[] = [];
    let waiting = 0;
    let most = 0;
    await diagnose(table(30_000), {
      rowsPerBatch: 5_000,
      onProgress: (rows) => void seen.push(rows),
      onResults: async () => {
        most = Math.max(most, ++waiting);
        await new Promise((resolve) => setImmediate(resolve));
        waiting--;
      },
    });
    expect(seen).toEqual([5_000, 10_000, 15_000, 20_000, 25_000, 30_000]);
    expect(most).toBe(1);
  });
});

describe("a file that cannot be diagnosed", () => {
  const readers = [{ readInWorker: false }, { readInWorker: true }];

  test("has too few of the model's columns", async () => {
    await expect(diagnose("a,x,y\n1,2,3\n")).rejects.toThrow(ColumnsDoNotMatchError);
  });

  test.each(readers)("is named where it is wrong (%j)", async (options) => {
    for (const [content, finding] of [
      ["a,b,c\n", { code: "no-rows" }],
      ["", { code: "empty-file" }],
      ["a,b,c\n1,2,3\n1,x,3\n", { code: "not-a-number", row: 2, column: "b", found: "x" }],
      ["a,b,c\n1,2\n", { code: "too-few-cells", row: 1 }],
    ] as const)
      await expect(diagnose(content, options)).rejects.toMatchObject({ name: "TableError", finding });
    await expect(diagnose("a,b,c,b\n1,2,3,4\n", options)).rejects.toMatchObject({
      finding: { code: "duplicate-column", row: 0, column: "b", found: "2, 4", expected: "2" },
    });
    const badLabel = Buffer.concat([Buffer.from("a,b,label\n1,2,"), Uint8Array.of(0xd5, 0xfd, 0xb3, 0xa3, 10)]);
    await expect(diagnose(badLabel, options)).rejects.toMatchObject({
      finding: { code: "not-utf8", row: 1, column: "label", found: "GBK: 正常" },
    });
    const badId = Buffer.concat([Buffer.from("id,a,b\n"), Uint8Array.of(0xff), Buffer.from(",1,2\n")]);
    await expect(diagnose(badId, options)).rejects.toMatchObject({
      finding: { code: "not-utf8", row: 1, column: "id" },
    });
  });

  test.each(readers)("ends with what its source, its sink or the signal says (%j)", async (options) => {
    const failure = new Error("the line is cut");
    async function* broken() {
      yield Buffer.from("a,b,c\n1,2,3\n");
      throw failure;
    }
    const onResults = () => {};
    await expect(diagnoseCsv(broken(), model, { ...options, onResults })).rejects.toBe(failure);
    const full = () => Promise.reject(failure);
    await expect(diagnose(table(100), { ...options, onResults: full })).rejects.toBe(failure);
    const signal = AbortSignal.abort(failure);
    await expect(diagnose(table(100), { ...options, signal })).rejects.toBe(failure);
  });
});

describe("contest data", () => {
  const path = contestFile("zte-a10/test_unlabelled.csv");
  test.skipIf(path === undefined)("2,000 rows of 107 KPIs are diagnosed", async () => {
    const kpis = await openSoftmaxModel(["feature106", "feature0"], ["x", "y"]);
    let lines = 0;
    const onResults = (bytes: Uint8Array) => {
      for (const byte of bytes) if (byte === 10) lines++;
    };
    const found = await diagnoseCsv(createReadStream(path!), kpis, { onResults });
    await kpis.close();
    expect([found.rows, lines, found.idsUnique]).toEqual([2_000, 2_001, true]);
    expect(found.summary().columns.unknown.length).toBe(105);
  });
});
