import type { Samples } from "../learners/learner.ts";
import { createPacer } from "../pacer.ts";
import type { Random } from "../random/random.ts";

const neighbours = 5;
/** Members of a class that neighbours are looked for among; of more, a random part is taken. */
const mostCandidates = 1_000;
/** Rows that are added at most, over all classes, as a multiple of the rows there are. */
const mostAdded = 4;

/**
 * SMOTE (N. Chawla, K. Bowyer, L. Hall, W. Kegelmeyer, "SMOTE: Synthetic Minority Over-sampling Technique", 2002): every
 * class that occurs gets as many rows as the largest has, by rows between one of its own and one of that row's five
 * nearest of the class. A class of one row is repeated, and where either row has a gap, the first row's cell is. All rows weigh 1 then.
 */
export async function oversample(samples: Samples, random: Random, signal?: AbortSignal): Promise<Samples> {
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
  let row = rowCount;
  for (const [index, own] of members.entries()) {
    if (added[index] === 0) continue;
    const candidates = thin(own, random);
    const near = new Map<number, readonly number[]>();
    for (let made = 0; made < added[index]; made++, row++) {
      await pacer.giveWay();
      const base = candidates[made % candidates.length];
      const others = near.get(base) ?? nearest(samples, base, candidates);
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

function thin(rows: readonly number[], random: Random): number[] {
  const candidates = rows.slice();
  for (let place = 0; place < Math.min(mostCandidates, candidates.length); place++) {
    const other = place + random.below(candidates.length - place);
    [candidates[place], candidates[other]] = [candidates[other], candidates[place]];
  }
  return candidates.slice(0, mostCandidates);
}

function nearest({ values, columnCount }: Samples, row: number, candidates: readonly number[]): number[] {
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
    .slice(0, neighbours)
    .map(({ other }) => other);
}
