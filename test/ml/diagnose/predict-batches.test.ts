import { afterEach, describe, expect, it, vi } from "vitest";
import { TrainingSettings } from "../../../packages/contract/src/training-settings.ts";
import { readHere } from "../../../packages/ml/src/diagnose/batch-source.ts";
import { diagnoseCsv } from "../../../packages/ml/src/diagnose/diagnose-csv.ts";
import { type OpenModel, openModel } from "../../../packages/ml/src/diagnose/model.ts";
import { planReading } from "../../../packages/ml/src/diagnose/plan-reading.ts";
import { type PredictedBatch, predictBatches } from "../../../packages/ml/src/diagnose/predict-batches.ts";
import { PredictionPool } from "../../../packages/ml/src/diagnose/prediction-pool.ts";
import type { ReadingPlan } from "../../../packages/ml/src/diagnose/row-batches.ts";
import { trainModel } from "../../../packages/ml/src/pipeline/train-model.ts";
import { syntheticTable } from "../fixtures/synthetic-table.ts";
import { byteChunks } from "../table/byte-chunks.ts";

vi.setConfig({ testTimeout: 120_000 });
afterEach(() => vi.restoreAllMocks());

const columns = 6;
const blockRows = 512;
const table = syntheticTable({ rowsPerClass: [60, 60, 61], columns, gapShare: 0.1, distance: 1 });
const rows = syntheticTable({ rowsPerClass: [170, 170, 172], columns, gapShare: 0.1, distance: 1, seed: 2 });
/** The rows as CSV without a header; blocks of them make files of any length. */
const block = Buffer.from(
  Array.from({ length: blockRows }, (_, row) => {
    const values = rows.values.subarray(row * columns, (row + 1) * columns);
    return `${Array.from(values, (value) => (Number.isNaN(value) ? "" : value)).join()}\n`;
  }).join(""),
);
/** Bounds a file that waits for its threads. */
const mostBlocks = 50_000;

type Learner = "gbdt" | "mlp" | "extra-trees" | "linear";

async function train(learner: Learner): Promise<OpenModel> {
  const settings = TrainingSettings.parse({ learner: { learner }, map: "none" });
  return openModel((await trainModel(table, settings, { trainingFileSha256: "0".repeat(64) })).onnx);
}

function planFor(model: OpenModel): ReadingPlan {
  const origin = { columns: table.featureNames, delimiter: "," as const, firstRow: 1 };
  return planReading(origin, model, { withTimes: false, rowsPerBatch: blockRows });
}

/** As many blocks as it takes. */
async function* blocksUntil(enough: () => boolean): AsyncGenerator<Uint8Array> {
  for (let sent = 0; sent < mostBlocks && !enough(); sent++) yield block;
}

async function* blocks(count: number): AsyncGenerator<Uint8Array> {
  yield Buffer.from(`${table.featureNames.join()}\n`);
  for (let sent = 0; sent < count; sent++) yield block;
}

describe("rows that several threads answer", () => {
  it.each([
    ["gbdt", 2],
    ["mlp", 3],
    ["extra-trees", 3],
    ["linear", 2],
  ] as const)(
    "are answered in their order and bit by bit as by one thread: %s, %i threads",
    async (learner, threads) => {
      const model = await train(learner);
      const novelty = new Float32Array(blockRows);
      const probabilities = await model.predict(rows.values, blockRows, novelty);
      const elsewhere = vi.spyOn(PredictionPool.prototype, "predict");
      const closed = vi.spyOn(PredictionPool.prototype, "close");
      const source = readHere(
        blocksUntil(() => elsewhere.mock.calls.length > 6),
        planFor(model),
      );
      const prediction = { model, tellsNovelty: true, history: undefined, threads };
      let next = 1;
      for await (const predicted of predictBatches(source, prediction)) {
        expect(predicted.batch.firstRow).toBe(next);
        expect(predicted.probabilities).toEqual(probabilities);
        expect(predicted.novelty).toEqual(novelty);
        expect(predicted.batch.values).toEqual(rows.values);
        next += blockRows;
      }
      expect(elsewhere.mock.calls.length).toBeGreaterThan(6);
      await expect(Promise.all(closed.mock.results.map(({ value }) => value))).resolves.toHaveLength(1);
      await model.close();
    },
  );

  it("are held in bounded number, however slow the consumer is", async () => {
    const model = await train("linear");
    const elsewhere = vi.spyOn(PredictionPool.prototype, "predict");
    let read = 0;
    async function* counted() {
      for await (const bytes of blocksUntil(() => elsewhere.mock.calls.length > 6)) {
        read += blockRows;
        yield bytes;
      }
    }
    const prediction = { model, tellsNovelty: false, history: undefined, threads: 2 };
    const source = readHere(counted(), planFor(model));
    let taken = 0;
    let most = 0;
    for await (const { batch } of predictBatches(source, prediction)) {
      for (let turn = 0; turn < 20; turn++) await new Promise((resolve) => setImmediate(resolve));
      taken += batch.rowCount;
      most = Math.max(most, read - taken);
    }
    expect(taken).toBe(read);
    expect(most).toBeLessThanOrEqual(5 * blockRows);
    await model.close();
  });

  it("wait for nobody where the consumer ends early, and no thread is left", async () => {
    const model = await train("linear");
    const elsewhere = vi.spyOn(PredictionPool.prototype, "predict");
    const closed = vi.spyOn(PredictionPool.prototype, "close");
    const prediction = { model, tellsNovelty: false, history: undefined, threads: 3 };
    const source = readHere(
      blocksUntil(() => false),
      planFor(model),
    );
    let last: PredictedBatch | undefined;
    for await (const predicted of predictBatches(source, prediction)) {
      last = predicted;
      if (elsewhere.mock.calls.length > 0) break;
    }
    expect(last).toBeDefined();
    await expect(Promise.all(closed.mock.results.map(({ value }) => value))).resolves.toHaveLength(1);
    await expect(source.batches.next()).resolves.toEqual({ done: true, value: undefined });
    await model.close();
  });

  it("end with what a thread throws", async () => {
    const model = await train("linear");
    const { parts } = model;
    if (!parts) throw new Error("the model cannot be shared");
    const broken = { ...parts, full: { ...parts.full, bytes: Uint8Array.of(1, 2, 3) } };
    const prediction = { model: { ...model, parts: broken }, tellsNovelty: false, history: undefined, threads: 2 };
    const source = readHere(
      blocksUntil(() => false),
      planFor(model),
    );
    const read = async () => {
      for await (const _ of predictBatches(source, prediction));
    };
    await expect(read()).rejects.toThrow(/protobuf|load model/i);
    await model.close();
  });

  it("are answered by one thread where there are few of them, or it is asked for", async () => {
    const model = await train("linear");
    const started = vi.spyOn(PredictionPool.prototype, "close");
    const elsewhere = vi.spyOn(PredictionPool.prototype, "hasRoom", "get");
    const onResults = () => {};
    await diagnoseCsv(blocks(16), model, { onResults, threads: 2, rowsPerBatch: blockRows });
    await diagnoseCsv(blocks(40), model, { onResults, threads: 1, rowsPerBatch: blockRows });
    await diagnoseCsv(blocks(40), model, { onResults, rowsPerBatch: blockRows });
    expect([started.mock.calls, elsewhere.mock.calls]).toEqual([[], []]);
    await diagnoseCsv(blocks(17), model, { onResults, threads: 2, rowsPerBatch: blockRows });
    expect(started.mock.calls).toHaveLength(1);
    await model.close();
  });
});

it("a file is diagnosed alike by any number of threads, to the last byte of its sums", async () => {
  const model = await train("gbdt");
  const found = [];
  for (const options of [{}, { threads: 2 }, { threads: 9, readInWorker: true }]) {
    const results: Uint8Array[] = [];
    const onResults = (bytes: Uint8Array) => void results.push(bytes);
    const sums = await diagnoseCsv(blocks(60), model, { onResults, ...options });
    found.push([Buffer.concat(results).toString(), JSON.stringify(sums)]);
  }
  expect(found[1]).toEqual(found[0]);
  expect(found[2]).toEqual(found[0]);
  await model.close();
});

it("a file that is wrong, a sink that fails and a signal end a diagnosis on threads as one on one thread", async () => {
  const model = await train("linear");
  const closed = vi.spyOn(PredictionPool.prototype, "close");
  async function* wrongAtTheEnd() {
    yield* blocks(40);
    yield Buffer.from("1,2,x,4,5,6\n");
  }
  const threads = 2;
  await expect(diagnoseCsv(wrongAtTheEnd(), model, { onResults: () => {}, threads })).rejects.toMatchObject({
    finding: { code: "not-a-number", row: 40 * blockRows + 1, column: "kpi2", found: "x" },
  });
  const failure = new Error("the disk is full");
  let written = 0;
  const onResults = () => (++written > 2 ? Promise.reject(failure) : undefined);
  await expect(diagnoseCsv(blocks(200), model, { onResults, threads })).rejects.toBe(failure);
  const abort = new AbortController();
  const onProgress = (rowsDone: number) => {
    if (rowsDone > 20_000) abort.abort(failure);
  };
  const { signal } = abort;
  await expect(diagnoseCsv(blocks(200), model, { onResults: () => {}, onProgress, signal, threads })).rejects.toBe(
    failure,
  );
  await expect(Promise.all(closed.mock.results.map(({ value }) => value))).resolves.toHaveLength(3);
  await expect(diagnoseCsv(byteChunks("x,y\n1,2\n"), model, { onResults: () => {}, threads })).rejects.toThrow();
  await model.close();
});
