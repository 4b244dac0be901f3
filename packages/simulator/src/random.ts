/** Seeded pseudo-random numbers: sfc32 (C. Doty-Humphrey, PractRand), seeded through splitmix32. */
export class Random {
  private a = 0;
  private b = 0;
  private c = 0;
  private counter = 1;
  private spare = Number.NaN;

  /** @param seed any safe integer @param stream numbers of different streams are independent of one another */
  constructor(seed: number, stream = 0) {
    this.reseed(seed, stream);
  }

  /** Starts anew, as a generator just made. */
  reseed(seed: number, stream = 0): void {
    let state = (seed | 0) ^ Math.imul(Math.floor(seed / 2 ** 32) | 0, 0x85ebca6b) ^ Math.imul(stream + 1, 0x9e3779b1);
    const next = () => {
      state = (state + 0x9e3779b9) | 0;
      let z = Math.imul(state ^ (state >>> 16), 0x21f0aaad);
      z = Math.imul(z ^ (z >>> 15), 0x735a2d97);
      return z ^ (z >>> 15);
    };
    this.a = next();
    this.b = next();
    this.c = next();
    this.counter = 1;
    this.spare = Number.NaN;
    for (let i = 0; i < 12; i++) this.uniform();
  }

  /** In [0, 1), with 32 random bits. */
  uniform(): number {
    const t = (((this.a + this.b) | 0) + this.counter) | 0;
    this.counter = (this.counter + 1) | 0;
    this.a = this.b ^ (this.b >>> 9);
    this.b = (this.c + (this.c << 3)) | 0;
    this.c = ((this.c << 21) | (this.c >>> 11)) + t;
    this.c |= 0;
    return (t >>> 0) / 4294967296;
  }

  between(low: number, high: number): number {
    return low + (high - low) * this.uniform();
  }

  /** A whole number in [0, count). */
  below(count: number): number {
    return Math.floor(this.uniform() * count);
  }

  /** Standard normal, by Marsaglia's polar method. */
  normal(): number {
    if (!Number.isNaN(this.spare)) {
      const value = this.spare;
      this.spare = Number.NaN;
      return value;
    }
    for (;;) {
      const u = 2 * this.uniform() - 1;
      const v = 2 * this.uniform() - 1;
      const s = u * u + v * v;
      if (s > 0 && s < 1) {
        const factor = Math.sqrt((-2 * Math.log(s)) / s);
        this.spare = v * factor;
        return u * factor;
      }
    }
  }

  /** A count of events, normal about large means (the difference does not show in a KPI). */
  poisson(mean: number): number {
    if (mean <= 0) return 0;
    if (mean > 30) return Math.max(0, Math.round(mean + Math.sqrt(mean) * this.normal()));
    const limit = Math.exp(-mean);
    let count = 0;
    for (let product = this.uniform(); product > limit && count < 200; product *= this.uniform()) count++;
    return count;
  }

  pick<T>(items: readonly T[]): T {
    const item = items[this.below(items.length)];
    if (item === undefined) throw new RangeError("pick needs at least one item");
    return item;
  }
}
