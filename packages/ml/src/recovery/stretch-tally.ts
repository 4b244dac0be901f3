import { AnomalyTally, type AnomalyTallyState, mostNodes } from "../anomaly/anomaly-tally.ts";
import type { RowVerdict } from "../anomaly/row-judge.ts";

/** What was diagnosed of a row. */
export interface DiagnosedRow {
  /** Class index. */
  readonly diagnosis: number;
  readonly unknown: boolean;
  /** Of each class, from `probabilityOffset`. */
  readonly probabilities: Float32Array;
  readonly probabilityOffset: number;
  /** null where the file names none. */
  readonly node: string | null;
  /** A number that grows with time; NaN where none is told. */
  readonly time: number;
}

/** Rows of a node, and how many of them were diagnosed as a fault. */
export interface NodeCount {
  readonly node: string | null;
  readonly rows: number;
  readonly faulty: number;
}

/** Rows of a stretch of time. */
export interface Stretch {
  /** Time of the earliest and of the latest row; null where rows tell none. */
  readonly from: number | null;
  readonly to: number | null;
  readonly rows: number;
  readonly classRows: readonly number[];
  readonly unknownRows: number;
  readonly normalProbabilities: number;
  readonly nodes: readonly NodeCount[];
  readonly tally: AnomalyTally;
}

interface StretchState {
  readonly key: number | null;
  readonly from: number | null;
  readonly to: number | null;
  readonly classRows: readonly number[];
  readonly unknownRows: number;
  readonly normalProbabilities: number;
  readonly nodes: readonly NodeCount[];
  readonly tally: Omit<AnomalyTallyState, keyof Judged>;
}

/** What all stretches of a file have in common. */
type Judged = Pick<AnomalyTallyState, "kpis" | "classes" | "limit" | "source">;

/** A tally of a part of a file as JSON. */
export interface StretchTallyState {
  readonly normal: number;
  readonly judged: Judged;
  /** Time that a stretch takes. */
  readonly width: number;
  readonly stretches: readonly StretchState[];
}

interface Counts {
  from: number;
  to: number;
  readonly classRows: number[];
  unknownRows: number;
  normalProbabilities: number;
  readonly nodes: Map<string | null, { rows: number; faulty: number }>;
  readonly tally: AnomalyTally;
}

const leastWidth = 2 ** -10;
const mostStretches = 48;
/** Numbers that all stretches keep together. */
const mostCells = 2 ** 21;
/** Enough for any two times that a number can tell. */
const mostDoublings = 200;
const latestTime = 2 ** 70;

/**
 * Sums up the rows of a file by stretches of time of equal length, which grow as they must so that there are 48 at most.
 * Shards have one each and are merged in any order; so may rows come. Rows that tell no time are a stretch of their own.
 */
export class StretchTally {
  /** Class index of rows without a fault. */
  readonly normal: number;
  readonly #empty: AnomalyTally;
  readonly #cellsOfNode: number;
  #width = leastWidth;
  #stretches = new Map<number | null, Counts>();

  /** @param empty tally that rows are judged by; takes none itself */
  constructor(empty: AnomalyTally, normal: number) {
    this.normal = normal;
    this.#empty = empty;
    this.#cellsOfNode = 3 * empty.kpiCount;
  }

  static fromJSON(state: StretchTallyState): StretchTally {
    const none = { byClass: [], beyond: [], nodes: [] };
    const tally = new StretchTally(AnomalyTally.fromJSON({ ...state.judged, ...none }), state.normal);
    tally.merge(state);
    return tally;
  }

  /**
   * @param values raw, one per KPI, from `offset`
   */
  addRow(row: DiagnosedRow, values: Float32Array, offset: number): RowVerdict {
    const { diagnosis, unknown, probabilities, probabilityOffset, node, time } = row;
    const isTimed = Math.abs(time) <= latestTime;
    const counts = this.#at(isTimed ? Math.floor(time / this.#width) : null);
    const { nodeCount } = counts.tally;
    if (isTimed) {
      counts.from = Math.min(counts.from, time);
      counts.to = Math.max(counts.to, time);
    }
    counts.classRows[diagnosis]++;
    if (unknown) counts.unknownRows++;
    counts.normalProbabilities += probabilities[probabilityOffset + this.normal];
    addNode(counts, node, 1, diagnosis === this.normal ? 0 : 1);
    const verdict = counts.tally.addRow(diagnosis, values, offset, node);
    if (counts.tally.nodeCount > nodeCount) this.#bound();
    return verdict;
  }

  /** Adds another part of the same file. */
  merge({ width, stretches, judged }: StretchTallyState): void {
    while (this.#width < width) this.#double();
    const scale = width / this.#width;
    for (const { key, from, to, tally, nodes, ...sums } of stretches) {
      const counts = this.#at(key === null ? null : Math.floor(key * scale));
      mergeInto(counts, {
        ...sums,
        from: from ?? Number.POSITIVE_INFINITY,
        to: to ?? Number.NEGATIVE_INFINITY,
        nodes,
        tally: { ...tally, ...judged },
      });
    }
    this.#bound();
  }

  toJSON(): StretchTallyState {
    const { kpis, classes, limit, source } = this.#empty.toJSON();
    const stretches = [...this.#stretches].map(([key, counts]): StretchState => {
      const { byClass, beyond, nodes } = counts.tally.toJSON();
      return { key, ...told(counts), tally: { byClass, beyond, nodes } };
    });
    return { normal: this.normal, judged: { kpis, classes, limit, source }, width: this.#width, stretches };
  }

  /** In the order of time; one for all rows where some tell none. */
  stretches(): Stretch[] {
    if (this.#stretches.has(null)) return [this.#joined([...this.#stretches.values()])];
    const keys = [...this.#stretches.keys()].sort((one, other) => (one ?? 0) - (other ?? 0));
    return keys.map((key) => stretchOf(this.#at(key)));
  }

  /** All rows from this stretch on. */
  since(first: number): Stretch {
    if (this.#stretches.has(null)) return this.#joined([...this.#stretches.values()]);
    const keys = [...this.#stretches.keys()].sort((one, other) => (one ?? 0) - (other ?? 0));
    return this.#joined(keys.slice(first).map((key) => this.#at(key)));
  }

  /** Of all rows. */
  whole(): AnomalyTally {
    return this.#joined([...this.#stretches.values()]).tally;
  }

  #joined(parts: readonly Counts[]): Stretch {
    const joined = this.#none();
    for (const part of parts) mergeInto(joined, { ...part, nodes: countsOf(part), tally: part.tally.toJSON() });
    return stretchOf(joined);
  }

  #at(key: number | null): Counts {
    const known = this.#stretches.get(key);
    if (known) return known;
    const counts = this.#none();
    this.#stretches.set(key, counts);
    return counts;
  }

  #none(): Counts {
    return {
      from: Number.POSITIVE_INFINITY,
      to: Number.NEGATIVE_INFINITY,
      classRows: new Array(this.#empty.classCount).fill(0),
      unknownRows: 0,
      normalProbabilities: 0,
      nodes: new Map(),
      tally: this.#empty.like(),
    };
  }

  #bound(): void {
    for (let doubling = 0; doubling < mostDoublings && this.#isTooMuch(); doubling++) this.#double();
  }

  #isTooMuch(): boolean {
    if (this.#stretches.size <= 2) return false;
    if (this.#stretches.size > mostStretches) return true;
    let nodes = 0;
    for (const { tally } of this.#stretches.values()) nodes += tally.nodeCount;
    return nodes * this.#cellsOfNode > mostCells;
  }

  #double(): void {
    const old = this.#stretches;
    this.#width *= 2;
    this.#stretches = new Map();
    for (const [key, counts] of old) {
      const next = key === null ? null : Math.floor(key / 2);
      const known = this.#stretches.get(next);
      if (known) mergeInto(known, { ...counts, nodes: countsOf(counts), tally: counts.tally.toJSON() });
      else this.#stretches.set(next, counts);
    }
  }
}

interface Part {
  readonly from: number;
  readonly to: number;
  readonly classRows: readonly number[];
  readonly unknownRows: number;
  readonly normalProbabilities: number;
  readonly nodes: readonly NodeCount[];
  readonly tally: AnomalyTallyState;
}

function mergeInto(counts: Counts, part: Part): void {
  counts.from = Math.min(counts.from, part.from);
  counts.to = Math.max(counts.to, part.to);
  for (const [index, rows] of part.classRows.entries()) counts.classRows[index] += rows;
  counts.unknownRows += part.unknownRows;
  counts.normalProbabilities += part.normalProbabilities;
  for (const { node, rows, faulty } of part.nodes) addNode(counts, node, rows, faulty);
  counts.tally.merge(part.tally);
}

/** Nodes beyond the bound are one without a name. */
function addNode({ nodes }: Counts, node: string | null, rows: number, faulty: number): void {
  const name = nodes.has(node) || nodes.size < mostNodes ? node : null;
  const known = nodes.get(name);
  if (known) {
    known.rows += rows;
    known.faulty += faulty;
  } else nodes.set(name, { rows, faulty });
}

const countsOf = ({ nodes }: Counts): NodeCount[] => [...nodes].map(([node, counts]) => ({ node, ...counts }));

function told(counts: Counts) {
  const { from, to, classRows, unknownRows, normalProbabilities } = counts;
  const moment = (time: number) => (Number.isFinite(time) ? time : null);
  return { from: moment(from), to: moment(to), classRows, unknownRows, normalProbabilities, nodes: countsOf(counts) };
}

function stretchOf(counts: Counts): Stretch {
  const rows = counts.classRows.reduce((sum, count) => sum + count, 0);
  return { ...told(counts), rows, tally: counts.tally };
}
