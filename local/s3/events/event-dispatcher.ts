import type { ObjectCreatedEvent } from "./object-created-event.ts";

export interface DispatcherOptions {
  readonly deliver: (event: ObjectCreatedEvent) => Promise<void>;
  /** Called once the event was taken over. */
  readonly delivered: (event: ObjectCreatedEvent) => Promise<void>;
  readonly onError: (error: unknown, event: ObjectCreatedEvent) => void;
  /** Deliveries under way at once. */
  readonly concurrency: number;
  /** Tries per event and process; an event that still fails waits in the outbox for the next start. */
  readonly attempts: number;
  /** Pause before the second try, in milliseconds; it doubles up to a minute. */
  readonly firstPauseMilliseconds: number;
}

interface Delivery {
  readonly event: ObjectCreatedEvent;
  readonly attempt: number;
}

/** Delivers events in the order they came, some at once, and tries again what fails. */
export class EventDispatcher {
  readonly #options: DispatcherOptions;
  readonly #waiting: Delivery[] = [];
  readonly #running = new Set<Promise<void>>();
  readonly #pauses = new Set<NodeJS.Timeout>();
  #state: "waiting" | "started" | "closed" = "waiting";

  constructor(options: DispatcherOptions) {
    this.#options = options;
  }

  /** Begins to deliver, also what was added before. */
  start(): void {
    this.#state = "started";
    this.#advance();
  }

  add(event: ObjectCreatedEvent): void {
    this.#enqueue({ event, attempt: 1 });
  }

  /** Starts nothing more and waits for what is under way. What was not delivered stays in the outbox. */
  async close(): Promise<void> {
    this.#state = "closed";
    for (const pause of this.#pauses) clearTimeout(pause);
    await Promise.all(this.#running);
  }

  #enqueue(delivery: Delivery): void {
    this.#waiting.push(delivery);
    this.#advance();
  }

  #advance(): void {
    while (this.#state === "started" && this.#running.size < this.#options.concurrency) {
      const delivery = this.#waiting.shift();
      if (!delivery) return;
      const task = this.#dispatch(delivery).finally(() => {
        this.#running.delete(task);
        this.#advance();
      });
      this.#running.add(task);
    }
  }

  async #dispatch({ event, attempt }: Delivery): Promise<void> {
    try {
      await this.#options.deliver(event);
      await this.#options.delivered(event);
    } catch (error) {
      this.#options.onError(error, event);
      if (attempt < this.#options.attempts && this.#state === "started")
        this.#retryLater({ event, attempt: attempt + 1 });
    }
  }

  #retryLater(delivery: Delivery): void {
    const milliseconds = Math.min(this.#options.firstPauseMilliseconds * 2 ** (delivery.attempt - 2), 60_000);
    const pause = setTimeout(() => {
      this.#pauses.delete(pause);
      this.#enqueue(delivery);
    }, milliseconds);
    pause.unref();
    this.#pauses.add(pause);
  }
}
