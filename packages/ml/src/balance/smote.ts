import type { Samples } from "../learners/learner.ts";
import { createPacer, type Pacer } from "../pacer.ts";
import type { Random } from "../random/random.ts";

export type OversamplingKind = "smote" | "borderline-smote";

const neighbours = 5;
/** Members of a class that neighbours are looked for among; of more, a random part is taken. */
const mostCandidates = 1_000;
/** Rows of all classes that a row is told to be at the border among; of more, a random part is taken. */
const mostSurrounding = 2_000;
const surrounding = 10;
/** Rows that are added at most, over all classes, as a multiple of the rows there are. */
const mostAdded = 4;

/**
 * SMOTE (N. Chawla, K. Bowyer, L. Hall, W. Kegelmeyer, "SMOTE: Synthetic Minority Over-sampling Technique", 2002): every
 * class that occurs gets as many rows as the largest has, by rows between one of its own and one of that row's five
 * nearest of the class. A class of one row is repeated, and where either row has a gap, the first row's cell is. All rows weigh 1 then.
 * @param kind `borderline-smote`: rows are made only beside those of which half or more, yet not all, of the ten nearest
 * rows are of other classes; of a class that has none such, beside all (H. Han, W.-Y. Wang, B.-H. Mao, "Borderline-SMOTE",
 * 2005)
 */
export async function oversample(
  samples: Samples,
  random: Random,
  signal?: AbortSignal,
  kind: OversamplingKind = "smote",
): Promise<Samples> {
  const { rowCount, columnCount, labels, classCount } = samples;
  const pacer = createPacer(signal);
  const members = Array.from({ length: classCount }, () => [] as number[]);
  for (let row = 0; row < rowCount; row++) members[labels[row]].push(row);
  const largest = members.reduce((most, { length }) => Math.max(most, length), 0);
  const wanted = members.map(({ length }) => (length === 0 ? 0 : largest - length));
  const total = wanted.reduce((sum, rows) => sum + rows, 0);
  const share = Math.min(1, (mostAdded * rowCount) / Math.max(1, total));
  const added = wanted.map((rows) => Math.floor(rows * share));
  const newRows = rowCount + added.reduce((sum, rows) => sum + rows, 0);
  const values = new Float32Array(newRows * columnCount);
  values.set(samples.values);
  const newLabels = new Int32Array(newRows);
  newLabels.set(labels);
  const around = kind === "borderline-smote" ? thin(members.flat(), random, mostSurrounding) : [];
  let row = rowCount;
  for (const [index, own] of members.entries()) {
    if (added[index] === 0) continue;
    const candidates = thin(own, random, mostCandidates);
    const bases = kind === "smote" ? candidates : await borderline(samples, candidates, around, pacer);
    const near = new Map<number, readonly number[]>();
    for (let made = 0; made < added[index]; made++, row++) {
      await pacer.giveWay();
      const base = bases[made % bases.length];
      const others = near.get(base) ?? nearest(samples, base, candidates, neighbours);
      near.set(base, others);
      const other = others.length === 0 ? base : others[random.below(others.length)];
      const place = random.uniform();
      for (let column = 0; column < columnCount; column++) {
        const start = samples.values[base * columnCount + column];
        const between = start + place * (samples.values[other * columnCount + column] - start);
        values[row * columnCount + column] = Number.isFinite(between) ? between : start;
      }
      newLabels[row] = index;
    }
  }
  return { ...samples, rowCount: newRows, values, labels: newLabels, weights: new Float32Array(newRows).fill(1) };
}

/** Rows at the border to other classes; all where there are none. */
async function borderline(
  samples: Samples,
  rows: readonly number[],
  around: readonly number[],
  pacer: Pacer,
): Promise<readonly number[]> {
  const found: number[] = [];
  for (const row of rows) {
    await pacer.giveWay();
    const near = nearest(samples, row, around, surrounding);
    const others = near.filter((other) => samples.labels[other] !== samples.labels[row]).length;
    if (2 * others >= near.length && others < near.length) found.push(row);
  }
  return found.length > 0 ? found : rows;
}

function thin(rows: readonly number[], random: Random, most: number): number[] {
  const candidates = rows.slice();
  for (let place = 0; place < Math.min(most, candidates.length); place++) {
    const other = place + random.below(candidates.length - place);
    [candidates[place], candidates[other]] = [candidates[other], candidates[place]];
  }
  return candidates.slice(0, most);
}

function nearest(
  { values, columnCount }: Samples,
  row: number,
  candidates: readonly number[],
  count: number,
): number[] {
  return candidates
    .filter((other) => other !== row)
    .map((other) => {
      let distance = 0;
      for (let column = 0; column < columnCount; column++) {
        const difference = values[other * columnCount + column] - values[row * columnCount + column];
        if (!Number.isNaN(difference)) distance += difference ** 2;
      }
      return { other, distance };
    })
    .sort((one, two) => one.distance - two.distance || one.other - two.other)
    .slice(0, count)
    .map(({ other }) => other);
}
