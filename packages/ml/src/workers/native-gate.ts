const closedIndex = 0;
const insideIndex = 1;
const longestWaitMilliseconds = 2_000;

/**
 * Where threads pass that go into native code. A thread that is ended in the midst of onnxruntime takes the process with
 * it, so that a process which is about to end waits until nobody is inside.
 */
export class NativeGate {
  readonly state: Int32Array;

  /** @param state of the same gate on another thread */
  constructor(state: Int32Array = new Int32Array(new SharedArrayBuffer(8))) {
    this.state = state;
  }

  get isClosed(): boolean {
    return Atomics.load(this.state, closedIndex) === 1;
  }

  /** @throws Error once the gate is closed */
  async pass<T>(work: () => Promise<T>): Promise<T> {
    Atomics.add(this.state, insideIndex, 1);
    try {
      if (this.isClosed) throw new Error("the threads are about to end");
      return await work();
    } finally {
      Atomics.sub(this.state, insideIndex, 1);
      Atomics.notify(this.state, insideIndex);
    }
  }

  close(): void {
    Atomics.store(this.state, closedIndex, 1);
  }

  /** Blocks until nobody is inside, for two seconds at most. To be called by one that is not, once it is closed. */
  waitUntilEmpty(): void {
    const end = performance.now() + longestWaitMilliseconds;
    for (;;) {
      const inside = Atomics.load(this.state, insideIndex);
      const left = end - performance.now();
      if (inside === 0 || left <= 0) return;
      Atomics.wait(this.state, insideIndex, inside, left);
    }
  }
}
