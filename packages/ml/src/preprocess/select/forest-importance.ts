import type { ForestSettings } from "../../learners/trees/forest/forest-settings.ts";
import { growForest } from "../../learners/trees/forest/grow-forest.ts";
import type { Tree } from "../../learners/trees/tree.ts";
import type { Random } from "../../random/random.ts";
import { shuffle } from "../../random/shuffle.ts";
import type { RawRows } from "../preparation.ts";

export interface ForestImportance {
  /** Per column: share of all that the splits of the forest gain, 0 to 1. */
  readonly scores: readonly number[];
  /** The greatest score of a column whose values were shuffled: what chance alone gives. */
  readonly byChance: number;
}

const mostRows = 5_000;
const mostCells = 2 ** 23;
const settings: ForestSettings = {
  trees: 100,
  columnShare: 0.2,
  minLeafRows: 5,
  maxDepth: 30,
  bootstrap: true,
  split: "random",
};

/**
 * Mean decrease of the Gini impurity in a forest of extremely randomized trees (L. Breiman, "Random forests", 2001;
 * P. Geurts et al., 2006), beside which each column also stands with its values shuffled (M. Kursa, W. Rudnicki,
 * "Feature selection with the Boruta package", 2010).
 * @param labels class index per row of the whole table
 */
export async function forestImportance(
  raw: RawRows,
  rows: Int32Array,
  labels: Int32Array,
  classCount: number,
  random: Random,
  signal?: AbortSignal,
): Promise<ForestImportance> {
  const { columnCount } = raw;
  const most = Math.max(1, Math.min(mostRows, Math.floor(mostCells / (2 * columnCount))));
  const step = Math.ceil(rows.length / most);
  const chosen = rows.filter((_, place) => place % step === 0);
  const samples = {
    rowCount: chosen.length,
    columnCount: 2 * columnCount,
    values: withShuffled(raw, chosen, random),
    labels: chosen.map((row) => labels[row]),
    classCount,
    weights: new Float32Array(chosen.length).fill(1),
  };
  const { trees } = await growForest(samples, settings, random.below(2 ** 31), signal);
  const gains = new Float64Array(2 * columnCount);
  for (const tree of trees) addGains(tree, classCount, gains);
  const total = gains.reduce((sum, gain) => sum + gain, 0);
  const shares = Array.from(gains, (gain) => (total === 0 ? 0 : gain / total));
  return {
    scores: shares.slice(0, columnCount),
    byChance: shares.slice(columnCount).reduce((greatest, share) => Math.max(greatest, share), 0),
  };
}

/** Each row with its own values, and then those of other rows, column by column. */
function withShuffled(raw: RawRows, rows: Int32Array, random: Random): Float32Array {
  const { columnCount } = raw;
  const width = 2 * columnCount;
  const values = new Float32Array(rows.length * width);
  const order = Int32Array.from(rows);
  for (let column = 0; column < columnCount; column++) {
    shuffle(order, random);
    for (let place = 0; place < rows.length; place++) {
      values[place * width + column] = raw.values[rows[place] * columnCount + column];
      values[place * width + columnCount + column] = raw.values[order[place] * columnCount + column];
    }
  }
  return values;
}

/** Adds to each column by how much its splits lessen the impurity, in rows. */
function addGains({ columns, left, right, cover, ...leaves }: Tree, classCount: number, gains: Float64Array): void {
  const rows = new Float64Array(columns.length * classCount);
  const impurities = new Float64Array(columns.length);
  // Children have higher numbers than their parents.
  for (let node = columns.length - 1; node >= 0; node--) {
    const own = rows.subarray(node * classCount, (node + 1) * classCount);
    if (columns[node] < 0) {
      setLeafRows(own, leaves, node, cover[node]);
      impurities[node] = impurity(own);
      continue;
    }
    for (const child of [left[node], right[node]]) {
      for (let label = 0; label < classCount; label++) own[label] += rows[child * classCount + label];
    }
    impurities[node] = impurity(own);
    gains[columns[node]] += Math.max(0, impurities[node] - impurities[left[node]] - impurities[right[node]]);
  }
}

/** A leaf answers with the shares of its rows, divided by the number of trees. */
function setLeafRows(
  own: Float64Array,
  { valueStarts, outputs, values }: Pick<Tree, "valueStarts" | "outputs" | "values">,
  leaf: number,
  cover: number,
): void {
  let sum = 0;
  for (let at = valueStarts[leaf]; at < valueStarts[leaf + 1]; at++) sum += values[at];
  if (sum === 0) return;
  for (let at = valueStarts[leaf]; at < valueStarts[leaf + 1]; at++) own[outputs[at]] = (cover * values[at]) / sum;
}

/** Gini impurity times rows. */
function impurity(rows: Float64Array): number {
  let sum = 0;
  let squares = 0;
  for (const count of rows) {
    sum += count;
    squares += count * count;
  }
  return sum === 0 ? 0 : sum - squares / sum;
}
