/** Gives numbers that grow, also across restarts: microseconds of the clock, or one more than the last. */
export class Sequencer {
  #last = 0;

  /** 18 hexadecimal digits, so that they sort as text. */
  next(now: number): string {
    this.#last = Math.max(Math.trunc(now) * 1000, this.#last + 1);
    return this.#last.toString(16).toUpperCase().padStart(18, "0");
  }
}
