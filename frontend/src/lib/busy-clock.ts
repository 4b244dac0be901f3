/** Knows which calls are on their way and since when, to tell a person who waits. */
export class BusyClock {
  readonly #began = new Map<string, number>();

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
}
