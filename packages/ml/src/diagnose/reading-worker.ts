import { parentPort, workerData } from "node:worker_threads";
import { TableError } from "../table/table-error.ts";
import { BatchReader, createBatch, type RowBatch } from "./row-batches.ts";
import type { FromReader, ReaderData, ToReader } from "./worker-reading.ts";

// Thread that turns bytes into batches; `worker-reading.ts` starts it and tells what the messages mean.

const { plan, batchCount } = workerData as ReaderData;
const port = parentPort!;
const reader = new BatchReader(plan);
const chunks: Uint8Array[] = [];
const free: RowBatch[] = [];
let created = 0;
let current: RowBatch | undefined;
let allSent = false;
let finished = false;

port.on("message", (message: ToReader) => {
  if (message.kind === "bytes") chunks.push(message.bytes);
  else if (message.kind === "end") allSent = true;
  else free.push({ ...message.batch, rowCount: 0 });
  try {
    readOn();
  } catch (error) {
    if (!(error instanceof TableError)) throw error;
    say({ kind: "error", finding: error.finding });
    port.close();
  }
});

/** Reads until there are no more bytes, or no batch to put rows into. */
function readOn(): void {
  for (;;) {
    current ??= nextBatch();
    if (!current) return;
    if (reader.fill(current)) {
      sendBatch(current);
      continue;
    }
    const chunk = chunks.shift();
    if (chunk) {
      reader.push(chunk);
      say({ kind: "taken", bytes: chunk.length });
    } else if (!allSent) return;
    else if (finished) break;
    else {
      reader.finish();
      finished = true;
    }
  }
  if (current.rowCount > 0) sendBatch(current);
  say({ kind: "end" });
  port.close();
}

function nextBatch(): RowBatch | undefined {
  if (free.length > 0 || created === batchCount) return free.pop();
  created++;
  return createBatch(plan);
}

function sendBatch(batch: RowBatch): void {
  current = undefined;
  const arrays = [batch.values, batch.labels, batch.places, batch.ids, batch.idEnds, batch.nodes, batch.times];
  port.postMessage(
    { kind: "batch", batch } satisfies FromReader,
    arrays.map(({ buffer }) => buffer as ArrayBuffer),
  );
}

function say(message: FromReader): void {
  port.postMessage(message);
}
