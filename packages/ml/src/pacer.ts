import { setImmediate } from "node:timers/promises";

const sliceMilliseconds = 50;

/** Lets a long computation give way to the event loop, and end when it is told to. */
export interface Pacer {
  /**
   * To be awaited between steps of some milliseconds at most.
   * @throws the signal's reason once it is aborted
   */
  giveWay(): Promise<void>;
}

export function createPacer(signal?: AbortSignal): Pacer {
  let sliceEnd = performance.now() + sliceMilliseconds;
  return {
    async giveWay() {
      signal?.throwIfAborted();
      if (performance.now() < sliceEnd) return;
      await setImmediate();
      signal?.throwIfAborted();
      sliceEnd = performance.now() + sliceMilliseconds;
    },
  };
}
