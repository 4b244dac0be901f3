import type { Worker } from "node:worker_threads";
import { startWorker } from "../../workers/start-worker.ts";
import type { FitJob, FitResult } from "./fit-job.ts";

interface Waiting {
  readonly job: FitJob;
  readonly resolve: (result: FitResult) => void;
  readonly reject: (error: unknown) => void;
}

/** Threads that do one fit each at a time, so that many small fits need no threads of their own. */
export class FitPool {
  readonly #idle: Worker[] = [];
  readonly #workers: Worker[] = [];
  readonly #waiting: Waiting[] = [];
  readonly #running = new Map<Worker, Waiting>();
  readonly #signal: AbortSignal | undefined;
  #failure: { readonly error: unknown } | undefined;

  /** @param signal ends every fit with its reason */
  constructor(threads: number, signal?: AbortSignal) {
    this.#signal = signal;
    signal?.addEventListener("abort", this.#abort);
    for (let thread = 0; thread < threads; thread++) {
      const worker = startWorker(new URL("./fit-worker.ts", import.meta.url), {});
      worker.on("message", (result: FitResult) => this.#finish(worker, result));
      worker.on("error", (error) => this.#fail(error));
      this.#workers.push(worker);
      this.#idle.push(worker);
    }
  }

  /** @throws what the fit throws, and the signal's reason once it is aborted */
  run(job: FitJob): Promise<FitResult> {
    if (this.#signal?.aborted) return Promise.reject(this.#signal.reason);
    if (this.#failure) return Promise.reject(this.#failure.error);
    return new Promise((resolve, reject) => {
      this.#waiting.push({ job, resolve, reject });
      this.#next();
    });
  }

  async close(): Promise<void> {
    this.#signal?.removeEventListener("abort", this.#abort);
    await Promise.all(this.#workers.map((worker) => worker.terminate()));
  }

  readonly #abort = () => this.#fail(this.#signal?.reason);

  #next(): void {
    while (this.#idle.length > 0 && this.#waiting.length > 0) {
      const worker = this.#idle.pop();
      const next = this.#waiting.shift();
      if (!worker || !next) return;
      this.#running.set(worker, next);
      worker.postMessage(next.job);
    }
  }

  #finish(worker: Worker, result: FitResult): void {
    const done = this.#running.get(worker);
    this.#running.delete(worker);
    this.#idle.push(worker);
    done?.resolve(result);
    this.#next();
  }

  #fail(error: unknown): void {
    this.#failure ??= { error };
    for (const { reject } of [...this.#running.values(), ...this.#waiting.splice(0)]) reject(error);
    this.#running.clear();
  }
}
