import { runArtefactKey } from "@systemhealer/domain/object-keys";
import { succeedDiagnosis } from "@systemhealer/domain/run";
import { ResultsWriter, resultsHeader } from "@systemhealer/ml/table/results-csv";
import { RowOffsets } from "@systemhealer/ml/table/row-offsets";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { diagnosis, later, sha256 } from "../domain/fixtures/records.ts";
import { call, type TestSystem, testSystem } from "./fixtures/test-system.ts";

const classes = ["calm", "leak"];
const totalRows = 150_000;

/** Row `n` has the id `n<n>` and is `leak` where n is a multiple of 1,000. */
function resultsCsv(): Buffer {
  const columns = { classes, idColumn: "sample_id", novelty: true };
  const writer = new ResultsWriter(columns);
  const pieces = [Buffer.from(resultsHeader(columns))];
  const sure = [Float32Array.of(0.75, 0.25), Float32Array.of(0.1, 0.9)] as const;
  const id = (row: number) => Buffer.from(`a-rather-long-name-of-a-node-${row}`);
  for (let row = 1; row <= totalRows; row++) {
    const leak = row % 1_000 === 0 ? 1 : 0;
    writer.addRow(row, id(row), leak, sure[leak], 0, 2.5, row === 149_000);
  }
  return Buffer.concat([...pieces, writer.take()]);
}

describe("the rows of a finished diagnosis", () => {
  let system: TestSystem;
  let api: typeof import("../../functions/api/main.ts").handler;
  let runId: string;
  beforeAll(async () => {
    system = await testSystem();
    api = (await import("../../functions/api/main.ts")).handler;
    const csv = resultsCsv();
    const offsets = new RowOffsets(1_000);
    offsets.push(csv);
    const queued = diagnosis();
    runId = queued.runId;
    const objectKey = runArtefactKey("w-test", runId, "results.csv");
    await system.objects.write(objectKey, csv, "text/csv");
    const index = { schema: "results-index.v1", rows: offsets.rows, every: 1_000, offsets: offsets.offsets };
    const indexKey = runArtefactKey("w-test", runId, "results-index.json");
    await system.objects.write(indexKey, Buffer.from(JSON.stringify(index)), "application/json");
    const progress = { stage: "merging" as const, fraction: 1, curve: [] };
    const running = { ...queued, status: "running" as const, version: 2, startedAt: later(1), heartbeatAt: later(1) };
    const artefact = { name: "results.csv", objectKey, contentType: "text/csv", sizeBytes: csv.length, sha256 };
    const result = { rows: totalRows, classes: [], meanConfidence: 0.75, artefacts: [artefact] };
    await system.runs.create(queued);
    await system.runs.replace({ ...running, progress });
    await system.runs.replace(succeedDiagnosis({ ...running, progress }, result, later(2)));
  });
  afterAll(() => system.close());

  const page = async (query: object) => {
    const answer = await call(api, "getRunResults", { runId, query });
    expect(answer.status).toBe(200);
    return answer.body;
  };
  const rowsOf = (body: { items: { row: number }[] }) => body.items.map(({ row }) => row);

  it("come from anywhere in the file, a page at a time", async () => {
    const first = await page({ limit: 2 });
    expect(first).toMatchObject({ totalRows, idColumn: "sample_id", classes, nextOffset: 2, scannedRows: 2 });
    expect(first.items[0]).toEqual({
      row: 1,
      id: "a-rather-long-name-of-a-node-1",
      diagnosis: "calm",
      confidence: 0.75,
      probabilities: [0.75, 0.25],
      novelty: 2.5,
      unknown: false,
    });
    expect(rowsOf(await page({ offset: 99_998, limit: 4 }))).toEqual([99_999, 100_000, 100_001, 100_002]);
    const last = await page({ offset: totalRows - 1, limit: 10 });
    expect(rowsOf(last)).toEqual([totalRows]);
    expect(last).not.toHaveProperty("nextOffset");
    expect(await page({ offset: totalRows })).toMatchObject({ items: [], scannedRows: 0 });
  });

  it("are filtered a bounded stretch at a time, and the rest is found by going on", async () => {
    const found: number[] = [];
    let offset: number | undefined = 0;
    let calls = 0;
    while (offset !== undefined && calls < 20) {
      const body = await page({ class: "leak", limit: 200, offset });
      expect(body.scannedRows).toBeLessThan(totalRows);
      found.push(...rowsOf(body));
      offset = body.nextOffset;
      calls++;
    }
    expect(found).toEqual(Array.from({ length: 150 }, (_, i) => (i + 1) * 1_000));
    expect(calls).toBeGreaterThan(1);
  });

  it("a filtered page that is full goes on after its last row", async () => {
    const body = await page({ minConfidence: 0.8, limit: 3, offset: 500 });
    expect(rowsOf(body)).toEqual([1_000, 2_000, 3_000]);
    expect(body.nextOffset).toBe(3_000);
    expect(rowsOf(await page({ minConfidence: 0.8, limit: 1, offset: body.nextOffset }))).toEqual([4_000]);
  });

  it("are searched by id or row number, and by what the model does not know", async () => {
    expect(rowsOf(await page({ search: "node-123456", offset: 120_000 }))).toEqual([123_456]);
    expect(rowsOf(await page({ search: "130000", offset: 129_000 }))).toEqual([130_000]);
    expect(rowsOf(await page({ unknown: true, offset: 140_000 }))).toEqual([149_000]);
    expect((await page({ unknown: false, offset: 148_999, limit: 1 })).items[0].row).toBe(149_001);
  });

  it("need a run that has results, an index, and a caller of the workspace", async () => {
    const queued = diagnosis();
    await system.runs.create(queued);
    const of = (id: string, options = {}) => call(api, "getRunResults", { runId: id }, options);
    expect(await of(queued.runId)).toMatchObject({ status: 409, body: { code: "run-has-no-results" } });
    expect(await of(runId, { workspaceId: "w-other" })).toMatchObject({ status: 404 });
    expect(await call(api, "getRunResults", { runId, query: { limit: 201 } })).toMatchObject({ status: 400 });
    await system.objects.delete(runArtefactKey("w-test", runId, "results-index.json"));
    expect(await of(runId)).toMatchObject({ status: 409, body: { code: "no-results-index" } });
  });
});
