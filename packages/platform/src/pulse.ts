/** How often a worker tells what it does. */
export interface PulseOptions<State> {
  /** @returns false when nobody waits for the work any more */
  readonly send: (state: State) => Promise<boolean>;
  /** A newer state is sent no sooner than this after the one before. */
  readonly minMilliseconds?: number;
  /** Without a newer state the last one is sent again after this time. */
  readonly maxMilliseconds: number;
  /** Called once, when `send` has answered false. */
  readonly onUnwanted?: () => void;
  /** A sign of life that does not arrive ends no work: the next one may. */
  readonly onError?: (error: unknown) => void;
}

export interface Pulse<State> {
  /** Tells the newest state, now or as soon as it may be sent; never waits. */
  update(state: State): void;
  /** Sends the newest state if it was not sent yet, and then nothing more; resolves when that has arrived. */
  stop(): Promise<void>;
}

/** Sends the newest of many states at a bounded rate, one at a time, and goes on while there is no newer one. */
export function startPulse<State>(first: State, options: PulseOptions<State>): Pulse<State> {
  const { minMilliseconds = 500, maxMilliseconds } = options;
  let state = first;
  let sent: State | undefined = first;
  let lastSent = Date.now();
  let sending: Promise<void> | undefined;
  let stopped = false;

  async function send(): Promise<void> {
    lastSent = Date.now();
    sent = state;
    try {
      if (await options.send(state)) return;
      stopped = true;
      options.onUnwanted?.();
    } catch (error) {
      options.onError?.(error);
    }
  }

  function tick(): void {
    if (stopped || sending) return;
    const wait = state === sent ? maxMilliseconds : minMilliseconds;
    if (Date.now() - lastSent < wait) return;
    sending = send().finally(() => {
      sending = undefined;
    });
  }

  const timer = setInterval(tick, Math.max(1, Math.min(minMilliseconds, maxMilliseconds) / 2));
  return {
    update(next) {
      state = next;
      tick();
    },
    async stop() {
      clearInterval(timer);
      await sending;
      if (!stopped && state !== sent) await send();
      stopped = true;
    },
  };
}
