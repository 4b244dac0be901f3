/** Knows which calls are on their way and since when, to tell a person who waits. */
export class BusyClock {
  readonly #began = new Map<string, number>();
  #calls = 0;

  /** @param now in milliseconds */
  start(call: string, now: number): void {
    if (!this.#began.has(call)) this.#began.set(call, now);
  }

  end(call: string): void {
    this.#began.delete(call);
  }

  get isIdle(): boolean {
    return this.#began.size === 0;
  }

  /** How long the call that has waited longest has done so, in milliseconds; 0 where there is none. */
  longestWait(now: number): number {
    return this.isIdle ? 0 : now - Math.min(...this.#began.values());
  }

  /** Notes a call for as long as it takes. @param now tells the time in milliseconds */
  async during<T>(call: () => Promise<T>, now: () => number): Promise<T> {
    this.#calls += 1;
    const name = `call ${this.#calls}`;
    this.start(name, now());
    try {
      return await call();
    } finally {
      this.end(name);
    }
  }
}

/** Of all calls of the API, whoever makes them. */
export const apiClock = new BusyClock();
