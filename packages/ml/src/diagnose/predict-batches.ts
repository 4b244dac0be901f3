import type { SeriesHistory } from "../window/series-history.ts";
import { mostScoringThreads } from "../workers/scoring-threads.ts";
import { Signal } from "../workers/signal.ts";
import type { BatchSource } from "./batch-source.ts";
import type { DiagnosisModel } from "./diagnosis-model.ts";
import { PredictionPool } from "./prediction-pool.ts";
import type { RowBatch } from "./row-batches.ts";

/** A batch and what the model answers. */
export interface PredictedBatch {
  readonly batch: RowBatch;
  /** What the model was asked: the rows, or their windows. */
  readonly asked: Float32Array;
  /** `rowCount × classCount`. */
  readonly probabilities: Float32Array;
  /** One per row, where the model tells it. */
  readonly novelty: Float32Array | undefined;
}

export interface Prediction {
  readonly model: DiagnosisModel;
  readonly tellsNovelty: boolean;
  /** Where answers are told from windows: rows that came before. */
  readonly history: SeriesHistory | undefined;
  /** Threads that answer, this one among them; others only by a model that has `parts`. */
  readonly threads: number;
}

/** Rows after which other threads are started: in less time than they answer, threads do not start. */
const rowsAlone = 8_192;

/** Batches that this thread may be ahead of each other one, which may have to wait for a processor. */
const batchesAhead = 2;

/** How many batches are held at once, at most. */
export function batchesHeld(prediction: Prediction): number {
  const others = otherThreads(prediction);
  return 1 + PredictionPool.capacity(others) + batchesAhead * others;
}

/**
 * Answers batches in their order, whichever thread answers them. A batch is the consumer's until it asks for the next
 * one. Where the consumer ends early, threads end with it.
 * @throws what the source, the model or a thread throws, at the batch where it happens
 */
export function predictBatches(source: BatchSource, prediction: Prediction): AsyncGenerator<PredictedBatch> {
  return otherThreads(prediction) === 0 ? predictHere(source, prediction) : predictOnThreads(source, prediction);
}

function otherThreads({ model, threads }: Prediction): number {
  return model.parts ? Math.max(0, Math.min(threads, mostScoringThreads) - 1) : 0;
}

async function* predictHere(source: BatchSource, prediction: Prediction): AsyncGenerator<PredictedBatch> {
  for await (const batch of source.batches) {
    yield await answerHere(batch, askedOf(batch, prediction), prediction);
    source.release(batch);
  }
}

/** What the model is asked of a batch. */
function askedOf({ values, rowCount, nodes, times }: RowBatch, { history }: Prediction): Float32Array {
  return history?.windows(values, rowCount, nodes, times) ?? values;
}

async function answerHere(
  batch: RowBatch,
  asked: Float32Array,
  { model, tellsNovelty }: Prediction,
): Promise<PredictedBatch> {
  const novelty = tellsNovelty ? new Float32Array(batch.rowCount) : undefined;
  return { batch, asked, probabilities: await model.predict(asked, batch.rowCount, novelty), novelty };
}

async function answerElsewhere(
  pool: PredictionPool,
  batch: RowBatch,
  asked: Float32Array,
  { tellsNovelty }: Prediction,
): Promise<PredictedBatch> {
  const lent = asked === batch.values;
  const { values, probabilities, novelty } = await pool.predict(asked, batch.rowCount, tellsNovelty);
  if (lent) batch.values = values;
  return { batch, asked: values, probabilities, novelty };
}

async function* predictOnThreads(source: BatchSource, prediction: Prediction): AsyncGenerator<PredictedBatch> {
  const most = batchesHeld(prediction);
  /** In the order of the rows. */
  const answers: Promise<PredictedBatch>[] = [];
  const arrival = new Signal();
  const room = new Signal();
  const pool = new LatePool(prediction, () => room.raise());
  let here: Promise<unknown> | undefined;
  let held = 0;
  let ended = false;
  let stopped = false;

  const answer = (batch: RowBatch): Promise<PredictedBatch> => {
    const asked = askedOf(batch, prediction);
    const elsewhere = pool.withRoom;
    if (elsewhere) return answerElsewhere(elsewhere, batch, asked, prediction).finally(() => room.raise());
    const answered = answerHere(batch, asked, prediction).finally(() => {
      here = undefined;
      room.raise();
    });
    here = answered;
    return answered;
  };
  const queue = (answered: Promise<PredictedBatch>) => {
    // Whoever comes to it is told of its failure.
    answered.catch(() => {});
    answers.push(answered);
    arrival.raise();
  };
  const handOut = async () => {
    for (;;) {
      while (!stopped && (held === most || (here && !pool.withRoom))) await room.raised();
      if (stopped) return;
      const { value: batch } = await source.batches.next();
      if (!batch || stopped) return;
      held++;
      pool.startAfter(batch.rowCount);
      queue(answer(batch));
    }
  };

  try {
    handOut()
      .catch((error: unknown) => queue(Promise.reject(error)))
      .finally(() => {
        ended = true;
        arrival.raise();
      });
    for (;;) {
      const next = answers.shift();
      if (next) {
        const answered = await next;
        yield answered;
        source.release(answered.batch);
        held--;
        room.raise();
      } else if (ended) return;
      else await arrival.raised();
    }
  } finally {
    stopped = true;
    room.raise();
    await Promise.all([pool.close(), here?.catch(() => {})]);
    await source.batches.return();
  }
}

/** Threads that are started once there are rows enough. */
class LatePool {
  readonly #prediction: Prediction;
  readonly #onReady: () => void;
  #rows = 0;
  #pool: PredictionPool | undefined;

  /** @param onReady called as each thread begins to take rows */
  constructor(prediction: Prediction, onReady: () => void) {
    this.#prediction = prediction;
    this.#onReady = onReady;
  }

  /** Takes note of rows that are there to be answered. */
  startAfter(rows: number): void {
    this.#rows += rows;
    const { parts } = this.#prediction.model;
    if (!parts || this.#rows <= rowsAlone) return;
    this.#pool ??= new PredictionPool(parts, otherThreads(this.#prediction), this.#onReady);
  }

  /** The threads, where they can take a batch. */
  get withRoom(): PredictionPool | undefined {
    return this.#pool?.hasRoom ? this.#pool : undefined;
  }

  async close(): Promise<void> {
    await this.#pool?.close();
  }
}
