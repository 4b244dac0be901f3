import type { Worker } from "node:worker_threads";
import { NativeGate } from "../workers/native-gate.ts";
import { startWorker } from "../workers/start-worker.ts";
import type { PredictorParts } from "./predictor-parts.ts";

export interface PredictorData {
  readonly parts: PredictorParts;
  readonly thread: number;
  readonly gateState: Int32Array;
}

/** Rows to be answered; their bytes go there and come back. */
export interface RowsToPredict {
  readonly kind: "rows";
  readonly values: Float32Array;
  readonly rowCount: number;
  readonly withNovelty: boolean;
}

export type ToPredictor = RowsToPredict | { readonly kind: "end" };

export interface Answer {
  /** The rows as they were sent. */
  readonly values: Float32Array;
  /** `rowCount × classCount`. */
  readonly probabilities: Float32Array;
  /** One per row, where it was asked for. */
  readonly novelty: Float32Array | undefined;
}

export type FromPredictor = { readonly kind: "ready" } | ({ readonly kind: "answer" } & Answer);

interface Waiting {
  readonly resolve: (answer: Answer) => void;
  readonly reject: (error: unknown) => void;
}

interface Predicting {
  readonly worker: Worker;
  readonly ended: Promise<void>;
  ready: boolean;
  /** In the order in which they were sent. */
  readonly waiting: Waiting[];
}

/** Of each thread: one that is being answered, one that waits. */
const batchesPerThread = 2;

/** Threads that answer rows by the parts of one predictor, each a batch at a time. */
export class PredictionPool {
  readonly #threads: readonly Predicting[];
  readonly #gate = new NativeGate();
  #failure: { readonly error: unknown } | undefined;

  /**
   * @param threads below `mostScoringThreads`
   * @param onReady called as each thread begins to take rows
   */
  constructor(parts: PredictorParts, threads: number, onReady: () => void) {
    process.on("exit", this.#onExit);
    this.#threads = Array.from({ length: threads }, (_, index) => {
      const workerData: PredictorData = { parts, thread: index + 1, gateState: this.#gate.state };
      const worker = startWorker(new URL("./prediction-worker.ts", import.meta.url), { workerData });
      const thread: Predicting = {
        worker,
        ended: new Promise((resolve) => worker.on("exit", () => resolve())),
        ready: false,
        waiting: [],
      };
      worker.on("message", (message: FromPredictor) => {
        if (message.kind === "answer") thread.waiting.shift()?.resolve(message);
        else {
          thread.ready = true;
          onReady();
        }
      });
      worker.on("error", (error) => this.#fail(error));
      worker.on("exit", () => this.#fail(new Error("a thread that predicts has ended")));
      return thread;
    });
  }

  /** Batches that it holds at most. */
  static capacity(threads: number): number {
    return threads * batchesPerThread;
  }

  /** Whether a thread that is ready can take a batch, or none ever will. */
  get hasRoom(): boolean {
    return this.#failure !== undefined || this.#idlest !== undefined;
  }

  /**
   * @param values their buffer is lent until the answer is there, which has it
   * @throws what a thread throws
   */
  predict(values: Float32Array, rowCount: number, withNovelty: boolean): Promise<Answer> {
    if (this.#failure) return Promise.reject(this.#failure.error);
    const idlest = this.#idlest;
    if (!idlest) throw new RangeError("no thread has room");
    const { worker, waiting } = idlest;
    return new Promise((resolve, reject) => {
      waiting.push({ resolve, reject });
      worker.postMessage({ kind: "rows", values, rowCount, withNovelty } satisfies ToPredictor, [
        values.buffer as ArrayBuffer,
      ]);
    });
  }

  /** Lets each thread come to the end of what onnxruntime is doing; batches that wait are not answered. */
  async close(): Promise<void> {
    this.#gate.close();
    for (const { worker } of this.#threads) worker.postMessage({ kind: "end" } satisfies ToPredictor);
    await Promise.all(this.#threads.map(({ ended }) => ended));
    process.off("exit", this.#onExit);
  }

  readonly #onExit = () => {
    this.#gate.close();
    this.#gate.waitUntilEmpty();
  };

  get #idlest(): Predicting | undefined {
    return this.#threads
      .filter(({ ready, waiting }) => ready && waiting.length < batchesPerThread)
      .sort((one, other) => one.waiting.length - other.waiting.length)[0];
  }

  #fail(error: unknown): void {
    this.#failure ??= { error };
    for (const { waiting } of this.#threads) {
      for (const { reject } of waiting.splice(0)) reject(this.#failure.error);
    }
  }
}
