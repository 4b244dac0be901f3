import { randomUUID } from "node:crypto";
import type { LogFile } from "../process/log-file.ts";
import { Environment, type InvocationResult } from "./environment.ts";
import type { FunctionConfig } from "./function-config.ts";

export const maxPayloadBytes = 6 * 1024 * 1024;
const idleMilliseconds = 5 * 60_000;
const maxWaiting = 1_000;

/** Too many events wait for this function; Lambda's word is `TooManyRequestsException`. */
export class TooManyRequestsError extends Error {
  constructor(functionName: string) {
    super(`Rate Exceeded: ${maxWaiting} events wait for ${functionName}`);
    this.name = "TooManyRequestsException";
  }
}

/** A payload over 6 MiB; Lambda's word is `RequestTooLargeException`. */
export class RequestTooLargeError extends Error {
  constructor(bytes: number) {
    super(
      `${bytes} byte payload is too large for the RequestResponse invocation type (limit ${maxPayloadBytes} bytes)`,
    );
    this.name = "RequestTooLargeException";
  }
}

interface Waiting {
  readonly requestId: string;
  readonly event: string;
  readonly resolve: (result: InvocationResult) => void;
}

/** A function with its environments: reused while warm, more while events wait, closed when idle. */
export class FunctionPool {
  readonly config: FunctionConfig;
  readonly #log: LogFile;
  readonly #idle = new Map<Environment, NodeJS.Timeout>();
  readonly #busy = new Set<Environment>();
  readonly #waiting: Waiting[] = [];
  #stopped = false;

  constructor(config: FunctionConfig, log: LogFile) {
    this.config = config;
    this.#log = log;
  }

  /**
   * Invokes the function and waits for its answer.
   *
   * @param event JSON text of at most 6 MiB.
   * @throws RequestTooLargeError, TooManyRequestsError
   */
  invoke(event: string, requestId: string = randomUUID()): Promise<InvocationResult> {
    const bytes = Buffer.byteLength(event);
    if (bytes > maxPayloadBytes) return Promise.reject(new RequestTooLargeError(bytes));
    if (this.#stopped || this.#waiting.length >= maxWaiting) {
      return Promise.reject(new TooManyRequestsError(this.config.name));
    }
    return new Promise((resolve) => {
      this.#waiting.push({ requestId, event, resolve });
      this.#dispatch();
    });
  }

  /** Environments alive now. */
  get size(): number {
    return this.#idle.size + this.#busy.size;
  }

  /** Ends all environments; events under way and waiting fail. */
  stop(): void {
    this.#stopped = true;
    for (const timer of this.#idle.values()) clearTimeout(timer);
    for (const environment of [...this.#idle.keys(), ...this.#busy]) environment.stop();
    this.#idle.clear();
    const error = { errorType: "Runtime.ExitError", errorMessage: "the local stack stopped", trace: [] };
    for (const { resolve } of this.#waiting.splice(0)) {
      resolve({ payload: JSON.stringify(error), functionError: "Unhandled" });
    }
  }

  #dispatch(): void {
    while (this.#waiting.length > 0 && !this.#stopped) {
      const environment = this.#take();
      if (!environment) return;
      const { requestId, event, resolve } = this.#waiting.shift()!;
      this.#busy.add(environment);
      void environment.invoke(requestId, event).then((result) => {
        this.#busy.delete(environment);
        this.#release(environment);
        resolve(result);
        this.#dispatch();
      });
    }
  }

  #take(): Environment | undefined {
    for (const [environment, timer] of [...this.#idle].reverse()) {
      clearTimeout(timer);
      this.#idle.delete(environment);
      if (!environment.dead) return environment;
    }
    return this.#busy.size < this.config.maxEnvironments ? new Environment(this.config, this.#log) : undefined;
  }

  #release(environment: Environment): void {
    if (environment.dead || this.#stopped) {
      environment.stop();
      return;
    }
    const timer = setTimeout(() => {
      this.#idle.delete(environment);
      environment.stop();
    }, idleMilliseconds);
    timer.unref();
    this.#idle.set(environment, timer);
  }
}
