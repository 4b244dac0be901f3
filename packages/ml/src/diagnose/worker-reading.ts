import type { Worker } from "node:worker_threads";
import { type Finding, TableError } from "../table/table-error.ts";
import { Signal } from "../workers/signal.ts";
import { startWorker } from "../workers/start-worker.ts";
import type { BatchSource } from "./batch-source.ts";
import type { ReadingPlan, RowBatch } from "./row-batches.ts";

export interface ReaderData {
  readonly plan: ReadingPlan;
  /** Batches that travel between the threads, at most. */
  readonly batchCount: number;
}

export type ToReader =
  | { readonly kind: "bytes"; readonly bytes: Uint8Array }
  | { readonly kind: "end" }
  /** A batch whose rows are done with: its arrays go back to be filled again. */
  | { readonly kind: "batch"; readonly batch: RowBatch };

export type FromReader =
  | { readonly kind: "batch"; readonly batch: RowBatch }
  /** So many bytes are read, and as many more may come. */
  | { readonly kind: "taken"; readonly bytes: number }
  | { readonly kind: "error"; readonly finding: Finding }
  | { readonly kind: "end" };

/** Beside the batches that the consumer holds: one that is being filled, one that waits. */
const batchesAhead = 2;
/** Bytes that wait in the worker at most: some batches of rows, so that it has work while the model predicts. */
const bytesAhead = 4 * 1024 * 1024;

/**
 * Reads rows in a worker thread, which throws TableError at the first thing that is wrong, and whatever `rows` throws.
 * @param held batches that the consumer holds at once, at most
 */
export function readInWorker(rows: AsyncIterable<Uint8Array>, plan: ReadingPlan, held: number): BatchSource {
  const workerData: ReaderData = { plan, batchCount: held + batchesAhead };
  let worker: Worker | undefined;
  const start = () => {
    worker = startWorker(new URL("./reading-worker.ts", import.meta.url), { workerData });
    return worker;
  };
  return {
    batches: readBatches(rows, start),
    release(batch) {
      const { values, labels, places, ids, idEnds, nodes, times } = batch;
      const buffers = [values, labels, places, ids, idEnds, nodes, times].map(({ buffer }) => buffer as ArrayBuffer);
      worker?.postMessage({ kind: "batch", batch } satisfies ToReader, buffers);
    },
  };
}

async function* readBatches(
  rows: AsyncIterable<Uint8Array>,
  start: () => Worker,
): AsyncGenerator<RowBatch, void, undefined> {
  const worker = start();
  const received: FromReader[] = [];
  const arrival = new Signal();
  const credit = new Signal();
  let waitingBytes = 0;
  let stopped = false;
  let failure: { readonly error: unknown } | undefined;
  const fail = (error: unknown) => {
    failure ??= { error };
    arrival.raise();
  };
  worker.on("error", fail);
  worker.on("message", (message: FromReader) => {
    if (message.kind === "taken") {
      waitingBytes -= message.bytes;
      credit.raise();
      return;
    }
    received.push(message);
    arrival.raise();
  });

  const feed = async () => {
    for await (const chunk of rows) {
      while (waitingBytes >= bytesAhead && !stopped) await credit.raised();
      if (stopped) return;
      const bytes = new Uint8Array(chunk);
      waitingBytes += bytes.length;
      worker.postMessage({ kind: "bytes", bytes } satisfies ToReader, [bytes.buffer]);
    }
    worker.postMessage({ kind: "end" } satisfies ToReader);
  };

  try {
    feed().catch(fail);
    for (;;) {
      const message = received.shift();
      if (!message) {
        if (failure) throw failure.error;
        await arrival.raised();
      } else if (message.kind === "batch") yield message.batch;
      else if (message.kind === "error") throw new TableError(message.finding);
      else return;
    }
  } finally {
    stopped = true;
    credit.raise();
    await worker.terminate();
  }
}
