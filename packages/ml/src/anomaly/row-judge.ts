import { type AnomalyBaseline, limitAt, type RowLimit } from "./baseline.ts";
import { excessOf, mostExcess, zScore } from "./z-score.ts";

/** How a row stands to a baseline. */
export interface RowVerdict {
  /** KPIs beyond the threshold. */
  readonly beyond: number;
  /** How far beyond it they lie in all, in standard deviations; a KPI counts for 10 at most. */
  readonly excess: number;
  /** Whether a KPI alone is much further away than it was in any normal row. */
  readonly lone: boolean;
  readonly anomalous: boolean;
}

/** A KPI of a row beyond the threshold. */
export interface Deviation {
  readonly column: number;
  readonly value: number;
  /** Negative below the mean; held within ± 1,000. */
  readonly z: number;
}

/** Judges rows by a baseline at one threshold: a KPI within it costs two comparisons. */
export class RowJudge {
  readonly limit: RowLimit;
  /** Per column: where the KPI is not beyond the threshold; NaN where the baseline knows nothing of it. */
  readonly lows: Float64Array;
  readonly highs: Float64Array;
  readonly #baseline: AnomalyBaseline;

  /** @param threshold 1 to 10 standard deviations */
  constructor(baseline: AnomalyBaseline, threshold: number) {
    const { means, deviations } = baseline;
    this.limit = limitAt(baseline, threshold);
    this.#baseline = baseline;
    this.lows = means.map((mean, column) => mean - threshold * deviations[column]);
    this.highs = means.map((mean, column) => mean + threshold * deviations[column]);
  }

  /**
   * @param values raw, one per column of the baseline, from `offset`; gaps are nowhere
   */
  judge(values: Float32Array, offset: number): RowVerdict {
    let beyond = 0;
    let excess = 0;
    let lone = false;
    for (let column = 0; column < this.lows.length; column++) {
      const value = values[offset + column];
      if (!this.isBeyond(value, column)) continue;
      beyond++;
      const own = this.excess(value, column);
      excess += own;
      if (own >= mostExcess) lone ||= this.isAlarming(value, column);
    }
    return this.verdict(beyond, excess, lone);
  }

  isBeyond(value: number, column: number): boolean {
    return value > this.highs[column] || value < this.lows[column];
  }

  /** How far beyond the threshold a value is, in standard deviations, 10 at most. */
  excess(value: number, column: number): number {
    return excessOf(this.#z(value, column), this.limit.threshold);
  }

  /** Whether a KPI with the greatest excess is an anomaly alone. */
  isAlarming(value: number, column: number): boolean {
    return Math.abs(this.#z(value, column)) > this.#baseline.alarms[column];
  }

  verdict(beyond: number, excess: number, lone: boolean): RowVerdict {
    return { beyond, excess, lone, anomalous: lone || excess > this.limit.excess };
  }

  /** The KPIs of a row beyond the threshold, the furthest first. */
  deviations(values: Float32Array, offset = 0): Deviation[] {
    const found: Deviation[] = [];
    for (let column = 0; column < this.lows.length; column++) {
      const value = values[offset + column];
      if (this.isBeyond(value, column)) found.push({ column, value, z: this.#z(value, column) });
    }
    return found.sort((one, other) => Math.abs(other.z) - Math.abs(one.z) || one.column - other.column);
  }

  #z(value: number, column: number): number {
    return zScore(value, this.#baseline.means[column], this.#baseline.deviations[column]);
  }
}
