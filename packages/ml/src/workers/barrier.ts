const spins = 2_000;
/** Longest sleep at a stretch, in milliseconds. */
const sleepMilliseconds = 20;

const arrivedIndex = 0;
const turnIndex = 1;

/** Where a number of threads wait for one another. */
export class Barrier {
  readonly #state: Int32Array;
  readonly #threads: number;

  /** @param state two shared words, 0 at first */
  constructor(state: Int32Array, threads: number) {
    this.#state = state;
    this.#threads = threads;
  }

  /** Blocks until every thread has arrived. */
  wait(): void {
    const turn = this.#arrive();
    if (turn === undefined) return;
    while (!this.#passed(turn)) Atomics.wait(this.#state, turnIndex, turn, sleepMilliseconds);
  }

  /** The same for a thread that has other things to look after meanwhile: `giveWay` is awaited after each sleep. */
  async waitGivingWay(giveWay: () => Promise<void>): Promise<void> {
    const turn = this.#arrive();
    if (turn === undefined) return;
    while (!this.#passed(turn)) {
      Atomics.wait(this.#state, turnIndex, turn, sleepMilliseconds);
      if (!this.#passed(turn)) await giveWay();
    }
  }

  /** @returns the turn to wait for the end of; none for the last thread to arrive */
  #arrive(): number | undefined {
    const turn = Atomics.load(this.#state, turnIndex);
    if (Atomics.add(this.#state, arrivedIndex, 1) + 1 < this.#threads) return turn;
    Atomics.store(this.#state, arrivedIndex, 0);
    Atomics.add(this.#state, turnIndex, 1);
    Atomics.notify(this.#state, turnIndex);
    return undefined;
  }

  #passed(turn: number): boolean {
    for (let spin = 0; spin < spins; spin++) {
      if (Atomics.load(this.#state, turnIndex) !== turn) return true;
    }
    return false;
  }
}
