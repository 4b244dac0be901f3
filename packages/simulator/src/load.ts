import type { Random } from "./random.ts";

const daySeconds = 86_400;

/** What the clients ask of the whole cluster in one step. */
export interface Load {
  /** Statements per second. */
  readonly requestsPerSecond: number;
  /** Share of them that write, 0 to 1. */
  readonly writeShare: number;
}

/**
 * Demand over the day: a sine with its peak in the afternoon, a slow first-order autoregressive wander,
 * and bursts that arrive at random and die away.
 */
export class LoadGenerator {
  private wander = 0;
  private burst = 0;
  private mix = 0;
  private readonly random: Random;
  private readonly base: number;

  /** @param base mean statements per second */
  constructor(random: Random, base: number) {
    this.random = random;
    this.base = base;
    this.wander = 0.12 * random.normal();
    this.mix = 0.05 * random.normal();
  }

  /** @param seconds time of the simulation, counted from midnight @param step length of the step in seconds */
  next(seconds: number, step: number): Load {
    const keep = Math.exp(-step / 300);
    const fresh = Math.sqrt(1 - keep * keep);
    this.wander = keep * this.wander + fresh * 0.12 * this.random.normal();
    this.mix = keep * this.mix + fresh * 0.05 * this.random.normal();
    this.burst *= Math.exp(-step / 60);
    if (this.random.uniform() < step / 1_200) this.burst = this.random.between(0.15, 0.6);
    const flicker = 0.02 * this.random.normal();
    return {
      requestsPerSecond: this.base * dailyFactor(seconds) * Math.exp(this.wander + flicker) * (1 + this.burst),
      writeShare: Math.min(0.6, Math.max(0.08, 0.3 + this.mix)),
    };
  }
}

/** 0.65 before dawn (04:00) to 1.35 in the afternoon (16:00), mean 1. */
export function dailyFactor(seconds: number): number {
  return 1 - 0.35 * Math.cos((2 * Math.PI * (seconds - 4 * 3_600)) / daySeconds);
}
