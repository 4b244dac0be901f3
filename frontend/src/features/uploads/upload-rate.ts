export interface RateSample {
  /** Milliseconds. */
  readonly at: number;
  /** Bytes sent so far in this go; not those that an earlier one had sent. */
  readonly bytes: number;
}

/** What is older says little of the present rate. */
const windowMilliseconds = 15_000;

/** Adds a sample and forgets those that are older than the window, but for the one before it. */
export function withSample(samples: readonly RateSample[], sample: RateSample): RateSample[] {
  const recent = samples.findIndex(({ at }) => at >= sample.at - windowMilliseconds);
  return [...(recent < 0 ? samples.slice(-1) : samples.slice(Math.max(0, recent - 1))), sample];
}

/** Bytes per second over the samples; undefined where they do not tell yet. */
export function rateOf(samples: readonly RateSample[]): number | undefined {
  const [first, last] = [samples[0], samples.at(-1)];
  if (!first || !last || last.at <= first.at || last.bytes <= first.bytes) return undefined;
  return ((last.bytes - first.bytes) / (last.at - first.at)) * 1_000;
}

/** Seconds; undefined where the rate is not known. */
export function remainingSeconds(leftBytes: number, rate: number | undefined): number | undefined {
  return rate === undefined ? undefined : leftBytes / rate;
}
