import { Worker } from "node:worker_threads";
import { type Finding, TableError } from "../table/table-error.ts";
import type { ReadingPlan, RowBatch } from "./row-batches.ts";

export interface ReaderData {
  readonly plan: ReadingPlan;
  /** Batches that travel between the threads. */
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

const batchCount = 3;
/** Bytes that wait in the worker at most: some batches of rows, so that it has work while the model predicts. */
const bytesAhead = 4 * 1024 * 1024;

/**
 * Reads rows in a worker thread. A batch is the consumer's until it asks for the next one.
 * @throws TableError at the first thing that is wrong, and whatever `rows` throws
 */
export async function* readInWorker(rows: AsyncIterable<Uint8Array>, plan: ReadingPlan): AsyncGenerator<RowBatch> {
  const data: ReaderData = { plan, batchCount };
  const worker = new Worker(new URL("./reading-worker.ts", import.meta.url), { workerData: data });
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
      } else if (message.kind === "batch") {
        yield message.batch;
        const { values, labels, places, ids, idEnds, nodes, times } = message.batch;
        const buffers = [values, labels, places, ids, idEnds, nodes, times].map(({ buffer }) => buffer as ArrayBuffer);
        worker.postMessage({ kind: "batch", batch: message.batch } satisfies ToReader, buffers);
      } else if (message.kind === "error") throw new TableError(message.finding);
      else return;
    }
  } finally {
    stopped = true;
    credit.raise();
    await worker.terminate();
  }
}

/** Lets one waiter go on; raised with nobody waiting, the next one does not wait. */
class Signal {
  #pending = false;
  #wake: (() => void) | undefined;

  raise(): void {
    this.#pending = true;
    this.#wake?.();
  }

  async raised(): Promise<void> {
    if (!this.#pending) await new Promise<void>((resolve) => (this.#wake = resolve));
    this.#pending = false;
    this.#wake = undefined;
  }
}
