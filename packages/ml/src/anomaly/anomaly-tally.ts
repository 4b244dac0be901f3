import type { NormalRanges } from "../honesty/normal-ranges.ts";
import type { ClassCount } from "../validate/profile.ts";
import { type AnomalyBaseline, chanceShare, type RowLimit } from "./baseline.ts";
import { type HealthSummary, healthOf, type NodeCounts } from "./node-health.ts";
import { RowJudge, type RowVerdict } from "./row-judge.ts";
import { mostExcess } from "./z-score.ts";

/** How many rows of a file are anomalous, and which KPIs stray. */
export interface AnomalySummary {
  /** In standard deviations. */
  readonly threshold: number;
  /** The class that means and deviations are of; null where they are of all rows of the training file. */
  readonly source: string | null;
  /** Anomalous rows. */
  readonly rows: number;
  /** The same by diagnosed class. */
  readonly byClass: readonly ClassCount[];
  /** Share of normal rows that are called anomalous by chance. */
  readonly chanceShare: number;
  /** KPIs of a normal row beyond the threshold by chance, on average. */
  readonly expectedKpis: number;
  /** KPIs by rows beyond the threshold, the most first; at most 20. */
  readonly kpis: readonly { readonly name: string; readonly rows: number }[];
}

/** A tally of a part of a file as JSON. */
export interface AnomalyTallyState {
  readonly kpis: readonly string[];
  readonly classes: readonly string[];
  readonly limit: RowLimit;
  readonly source: string | null;
  readonly byClass: readonly number[];
  readonly beyond: readonly number[];
  readonly nodes: readonly {
    readonly name: string | null;
    readonly rows: number;
    readonly anomalous: number;
    readonly gaps: readonly number[];
    readonly above: readonly number[];
    readonly below: readonly number[];
  }[];
}

const mostKpis = 20;
export const mostNodes = 1_000;
/** Bounds what nodes of very many KPIs take. */
const mostCounts = 2 ** 20;

/** Sums up the verdicts on the rows of a file. Shards have one each and are merged in any order. */
export class AnomalyTally {
  readonly #kpis: readonly string[];
  readonly #classes: readonly string[];
  readonly #limit: RowLimit;
  readonly #source: string | null;
  readonly #byClass: number[];
  readonly #beyond: Int32Array;
  readonly #nodes = new Map<string | null, NodeCounts>();
  #bounds: RowBounds | undefined;

  private constructor(state: Pick<AnomalyTallyState, "kpis" | "classes" | "limit" | "source">) {
    this.#kpis = state.kpis;
    this.#classes = state.classes;
    this.#limit = state.limit;
    this.#source = state.source;
    this.#byClass = new Array(state.classes.length).fill(0);
    this.#beyond = new Int32Array(state.kpis.length);
  }

  /**
   * @param kpis names of the columns of the rows to come
   * @param classes that rows are diagnosed to be of
   */
  static of(
    kpis: readonly string[],
    classes: readonly string[],
    known: { readonly baseline: AnomalyBaseline; readonly normalRanges: Pick<NormalRanges, "ranges"> },
    threshold: number,
  ): AnomalyTally {
    const judge = new RowJudge(known.baseline, threshold);
    const tally = new AnomalyTally({ kpis, classes, limit: judge.limit, source: known.baseline.source });
    const { ranges } = known.normalRanges;
    const lows = Float64Array.from(ranges, (range) => range?.low ?? Number.NEGATIVE_INFINITY);
    const highs = Float64Array.from(ranges, (range) => range?.high ?? Number.POSITIVE_INFINITY);
    const quietLows = lows.map((low, column) => Math.max(low, judge.lows[column]));
    const quietHighs = highs.map((high, column) => Math.min(high, judge.highs[column]));
    tally.#bounds = { judge, lows, highs, quietLows, quietHighs };
    return tally;
  }

  static fromJSON(state: AnomalyTallyState): AnomalyTally {
    const tally = new AnomalyTally(state);
    tally.merge(state);
    return tally;
  }

  /** Another one, without rows, that judges rows as this one does. */
  like(): AnomalyTally {
    const [kpis, classes] = [this.#kpis, this.#classes];
    const tally = new AnomalyTally({ kpis, classes, limit: this.#limit, source: this.#source });
    tally.#bounds = this.#bounds;
    return tally;
  }

  get classCount(): number {
    return this.#classes.length;
  }

  get kpiCount(): number {
    return this.#kpis.length;
  }

  /** Nodes that rows have come of, all without a name being one. */
  get nodeCount(): number {
    return this.#nodes.size;
  }

  /**
   * @param diagnosis class index, −1 for none
   * @param values raw, one per KPI, from `offset`
   * @param node null where the file names none
   */
  addRow(diagnosis: number, values: Float32Array, offset: number, node: string | null): RowVerdict {
    if (!this.#bounds) throw new TypeError("a merged tally takes no rows");
    const { judge, lows, highs, quietLows, quietHighs } = this.#bounds;
    const state = this.#node(node);
    const { gaps, above, below } = state;
    let beyond = 0;
    let excess = 0;
    let lone = false;
    const width = lows.length;
    for (let column = 0; column < width; column++) {
      const value = values[offset + column];
      if (value >= quietLows[column] && value <= quietHighs[column]) continue;
      if (Number.isNaN(value)) {
        gaps[column]++;
        continue;
      }
      if (value > highs[column]) above[column]++;
      else if (value < lows[column]) below[column]++;
      if (!judge.isBeyond(value, column)) continue;
      this.#beyond[column]++;
      beyond++;
      const own = judge.excess(value, column);
      excess += own;
      if (own >= mostExcess) lone ||= judge.isAlarming(value, column);
    }
    const verdict = judge.verdict(beyond, excess, lone);
    state.rows++;
    if (!verdict.anomalous) return verdict;
    state.anomalous++;
    if (diagnosis >= 0) this.#byClass[diagnosis]++;
    return verdict;
  }

  /** Adds another part of the same file, judged by the same baseline. */
  merge({ byClass, beyond, nodes }: AnomalyTallyState): void {
    for (const [index, rows] of byClass.entries()) this.#byClass[index] += rows;
    for (const [column, rows] of beyond.entries()) this.#beyond[column] += rows;
    for (const { name, rows, anomalous, gaps, above, below } of nodes) {
      const state = this.#node(name);
      state.rows += rows;
      state.anomalous += anomalous;
      for (let column = 0; column < gaps.length; column++) {
        state.gaps[column] += gaps[column];
        state.above[column] += above[column];
        state.below[column] += below[column];
      }
    }
  }

  toJSON(): AnomalyTallyState {
    return {
      kpis: this.#kpis,
      classes: this.#classes,
      limit: this.#limit,
      source: this.#source,
      byClass: this.#byClass,
      beyond: Array.from(this.#beyond),
      nodes: [...this.#nodes.values()].map(({ gaps, above, below, ...told }) => ({
        ...told,
        gaps: Array.from(gaps),
        above: Array.from(above),
        below: Array.from(below),
      })),
    };
  }

  anomalies(): AnomalySummary {
    const order = [...this.#kpis.keys()]
      .filter((column) => this.#beyond[column] > 0)
      .sort((one, other) => this.#beyond[other] - this.#beyond[one] || one - other);
    return {
      threshold: this.#limit.threshold,
      source: this.#source,
      rows: [...this.#nodes.values()].reduce((sum, { anomalous }) => sum + anomalous, 0),
      byClass: this.#classes.map((name, index) => ({ name, rows: this.#byClass[index] })),
      chanceShare,
      expectedKpis: this.#limit.expectedKpis,
      kpis: order.slice(0, mostKpis).map((column) => ({ name: this.#kpis[column], rows: this.#beyond[column] })),
    };
  }

  health(): HealthSummary {
    return healthOf(this.#kpis, [...this.#nodes.values()]);
  }

  /** Of nodes beyond the bound, one for all. */
  #node(name: string | null): NodeCounts {
    const known = this.#nodes.get(name);
    if (known) return known;
    const most = Math.max(1, Math.min(mostNodes, Math.floor(mostCounts / Math.max(1, this.#kpis.length))));
    if (name !== null && this.#nodes.size >= most) return this.#node(null);
    const counts = () => new Int32Array(this.#kpis.length);
    const state = { name, rows: 0, anomalous: 0, gaps: counts(), above: counts(), below: counts() };
    this.#nodes.set(name, state);
    return state;
  }
}

interface RowBounds {
  readonly judge: RowJudge;
  /** Normal ranges. */
  readonly lows: Float64Array;
  readonly highs: Float64Array;
  /** Where a value is neither outside its range nor beyond the threshold, which most are. */
  readonly quietLows: Float64Array;
  readonly quietHighs: Float64Array;
}
