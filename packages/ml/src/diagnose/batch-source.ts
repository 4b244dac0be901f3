import { BatchReader, createBatch, type ReadingPlan, type RowBatch } from "./row-batches.ts";

/** Rows of a file in batches, in their order. */
export interface BatchSource {
  readonly batches: AsyncGenerator<RowBatch, void, undefined>;
  /** Gives a batch back, to be filled again. */
  release(batch: RowBatch): void;
}

/** Reads rows on this thread. There are as many batches as are held at once. */
export function readHere(rows: AsyncIterable<Uint8Array>, plan: ReadingPlan): BatchSource {
  const free: RowBatch[] = [];
  return {
    batches: fillBatches(rows, plan, () => free.pop() ?? createBatch(plan)),
    release(batch) {
      batch.rowCount = 0;
      free.push(batch);
    },
  };
}

async function* fillBatches(
  rows: AsyncIterable<Uint8Array>,
  plan: ReadingPlan,
  nextBatch: () => RowBatch,
): AsyncGenerator<RowBatch, void, undefined> {
  const reader = new BatchReader(plan);
  let batch = nextBatch();
  for await (const chunk of rows) {
    reader.push(chunk);
    while (reader.fill(batch)) {
      yield batch;
      batch = nextBatch();
    }
  }
  reader.finish();
  while (reader.fill(batch)) {
    yield batch;
    batch = nextBatch();
  }
  if (batch.rowCount > 0) yield batch;
}
