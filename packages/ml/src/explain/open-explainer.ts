import { zScore } from "../anomaly/z-score.ts";
import type { DiagnosisModel } from "../diagnose/diagnosis-model.ts";
import { tellingColumns } from "../honesty/telling-columns.ts";
import { explainOutput } from "../learners/trees/shap/tree-shap.ts";
import { createPacer } from "../pacer.ts";
import { createRandom } from "../random/random.ts";
import { inputWidth, stepsOf } from "../window/card-window.ts";
import { classScores } from "./class-scores.ts";
import { describeKpi } from "./describe-kpi.ts";
import type { Explanation } from "./explanation.ts";
import { sampleShapley } from "./sampled-shapley.ts";
import { readTreeModel, type TreeModel } from "./tree-model.ts";

export interface ExplainOptions {
  /** KPIs to tell per row, the greatest contributions first; default 20. */
  readonly kpis?: number;
  /**
   * Pairs of orders to sample per row, for models that are not explained exactly; default: as many as fit into about
   * 0.1 s, 2 to 64.
   */
  readonly pairs?: number;
  /**
   * Trees are sampled as well where they have more nodes than this, since exact values take a tenth of a millisecond
   * for a thousand of them; default 1,000,000.
   */
  readonly mostNodes?: number;
  readonly signal?: AbortSignal;
}

/** Explains diagnoses of one model. */
export interface Explainer {
  /**
   * @param values `rowCount × features` raw values, row by row; NaN for a gap. With a window, all rows of it, as the
   *   model takes them: a KPI's contribution is that of its values in the whole window
   * @param probabilities `rowCount × classes` as the model gave them
   */
  explain(
    values: Float32Array,
    probabilities: Float32Array,
    rowCount: number,
    options?: ExplainOptions,
  ): Promise<Explanation[]>;
}

/** What explaining each row of a large file may take. */
export const fileEffort = { kpis: 5, pairs: 2, mostNodes: 100_000 } as const;

const mostKpis = 20;
const defaultMostNodes = 1_000_000;
const secondsPerRow = 0.1;
const leastPairs = 2;
const mostPairs = 64;
/** With more KPIs, those that tell least become known in groups. */
const mostAlone = 192;
const mostGroups = 256;
const seed = 20_180_213;

/**
 * @param bytes of the model's file
 * @param model the same, open; it stays the caller's
 */
export function openExplainer(bytes: Uint8Array, model: DiagnosisModel): Explainer {
  const { features, classes } = model.card;
  const trees = model.card.window ? undefined : readTreeModel(bytes, features.length, classes.length);
  const groups = groupColumns(model);
  const steps = stepsOf(model.card);
  const width = inputWidth(model.card);
  const background = repeated(backgroundOf(model), steps);
  let secondsPerScore: number | undefined;

  async function explain(
    values: Float32Array,
    probabilities: Float32Array,
    rowCount: number,
    options: ExplainOptions = {},
  ): Promise<Explanation[]> {
    const pacer = createPacer(options.signal);
    const explanations: Explanation[] = [];
    for (let row = 0; row < rowCount; row++) {
      await pacer.giveWay();
      const own = values.subarray(row * width, (row + 1) * width);
      const diagnosis = greatest(probabilities.subarray(row * classes.length, (row + 1) * classes.length));
      const exact = trees && nodesOf(trees, diagnosis) <= (options.mostNodes ?? defaultMostNodes);
      const found = exact ? explainTrees(trees, own, diagnosis) : await sample(own, diagnosis, options);
      explanations.push(describe(found, own, diagnosis, options.kpis ?? mostKpis));
    }
    return explanations;
  }

  async function sample(row: Float32Array, diagnosis: number, { pairs }: ExplainOptions): Promise<Found> {
    const own = groups
      .map((group) => group.filter((column) => !isAt(background, row, column)))
      .filter((group) => group.length > 0);
    const scores = classScores(model, diagnosis);
    const cells = own.map((group) => group.flatMap((column) => cellsOf(column)));
    const game = { row, background, groups: cells, score: scores };
    const count = pairs ?? (await affordablePairs(own.length, scores));
    const found = await sampleShapley(game, count, createRandom(seed));
    const contributions = new Float64Array(features.length);
    for (const [place, group] of own.entries()) {
      for (const column of group) contributions[column] = found.values[place] / group.length;
    }
    const { standardErrors } = found;
    return {
      method: "sampled-shapley",
      baseline: found.base,
      score: found.score,
      contributions,
      ...(standardErrors && { standardError: standardErrors.reduce((most, error) => Math.max(most, error), 0) }),
    };
  }

  /** Cells of a column in all rows of a window. */
  function cellsOf(column: number): number[] {
    return Array.from({ length: steps }, (_, step) => step * features.length + column);
  }

  function isAt(one: Float32Array, other: Float32Array, column: number): boolean {
    return cellsOf(column).every((cell) => Object.is(one[cell], other[cell]));
  }

  /** As many pairs as the model answers in the time for a row. */
  async function affordablePairs(
    groupCount: number,
    score: (rows: Float32Array, count: number) => Promise<Float64Array>,
  ): Promise<number> {
    secondsPerScore ??= await measure(score, background);
    const affordable = secondsPerRow / (secondsPerScore * 2 * Math.max(1, groupCount));
    return Math.max(leastPairs, Math.min(mostPairs, Math.floor(affordable)));
  }

  function describe(found: Found, row: Float32Array, diagnosis: number, kpis: number): Explanation {
    const { contributions, ...rest } = found;
    const order = [...contributions.keys()]
      .filter((column) => contributions[column] !== 0)
      .sort((a, b) => Math.abs(contributions[b]) - Math.abs(contributions[a]) || a - b)
      .slice(0, Math.min(kpis, mostKpis));
    return {
      class: classes[diagnosis],
      ...rest,
      kpis: order.map((column) => {
        const value = row[width - features.length + column];
        const { normalRanges, baseline } = model.reference ?? {};
        return describeKpi(
          features[column].name,
          value,
          contributions[column],
          normalRanges?.ranges[column] ?? undefined,
          baseline && zScore(value, baseline.means[column], baseline.deviations[column]),
        );
      }),
    };
  }

  return { explain };
}

interface Found {
  readonly method: Explanation["method"];
  readonly baseline: number;
  readonly score: number;
  readonly standardError?: number;
  /** One per feature of the model. */
  readonly contributions: Float64Array;
}

function explainTrees({ ensemble, columns }: TreeModel, row: Float32Array, diagnosis: number): Found {
  const own = Float32Array.from(columns, (column) => row[column]);
  const { base, values } = explainOutput(ensemble, own, diagnosis);
  const contributions = new Float64Array(row.length);
  let score = base;
  for (const [place, column] of columns.entries()) {
    contributions[column] += values[place];
    score += values[place];
  }
  return { method: "tree-shap", baseline: base, score, contributions };
}

/** Nodes of the trees that say something of a class. */
function nodesOf({ ensemble }: TreeModel, output: number): number {
  return ensemble.trees.reduce((sum, tree) => sum + (tree.outputs.includes(output) ? tree.columns.length : 0), 0);
}

/** The medians of the normal ranges, else gaps. */
function backgroundOf({ card, reference }: DiagnosisModel): Float32Array {
  return Float32Array.from(card.features, (_, column) => reference?.normalRanges.ranges[column]?.median ?? Number.NaN);
}

function repeated(row: Float32Array, times: number): Float32Array {
  const rows = new Float32Array(times * row.length);
  for (let time = 0; time < times; time++) rows.set(row, time * row.length);
  return rows;
}

/** Columns that the model uses: those that tell most alone, of very many the others in groups. */
function groupColumns({ card, reference }: DiagnosisModel): number[][] {
  const order = reference ? tellingColumns(reference.kpis) : [...card.features.keys()];
  const used = order.filter((column) => card.features[column].used);
  if (used.length <= mostGroups) return used.map((column) => [column]);
  const groups = used.slice(0, mostAlone).map((column) => [column]);
  const rest = Array.from({ length: mostGroups - mostAlone }, (): number[] => []);
  for (const [place, column] of used.slice(mostAlone).entries()) rest[place % rest.length].push(column);
  return [...groups, ...rest];
}

async function measure(
  score: (rows: Float32Array, count: number) => Promise<Float64Array>,
  background: Float32Array,
): Promise<number> {
  const count = 64;
  const rows = new Float32Array(count * background.length);
  for (let row = 0; row < count; row++) rows.set(background, row * background.length);
  await score(rows, count);
  const started = performance.now();
  await score(rows, count);
  return Math.max(1e-7, (performance.now() - started) / 1_000 / count);
}

function greatest(values: Float32Array): number {
  let best = 0;
  for (let index = 1; index < values.length; index++) if (values[index] > values[best]) best = index;
  return best;
}
