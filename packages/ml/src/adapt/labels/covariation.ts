import { createPacer } from "../../pacer.ts";

/** Mean square deviation of a row, of all ways, that counts as none: where all say the same, nothing is said of what varies. */
const leastDeviation = 0.01;

/**
 * How far what several ways say of two rows goes up and down together: the correlation over the ways of what each says
 * beyond their mean. Rows that bear the same state, of which one cannot tell the class, are taken for one class by some
 * ways and for another by others, together.
 * @param ways each `rows × classCount`, row by row
 * @param wanted numbers of some rows
 * @returns `rows × wanted`, row by row; −1 to 1, near 0 for rows of which all ways say the same
 */
export async function covariationWith(
  ways: readonly Float64Array[],
  classCount: number,
  wanted: Int32Array,
  signal?: AbortSignal,
): Promise<Float64Array> {
  const pacer = createPacer(signal);
  const cells = ways[0].length;
  const rowCount = cells / classCount;
  const mean = new Float64Array(cells);
  for (const way of ways) for (let cell = 0; cell < cells; cell++) mean[cell] += way[cell] / ways.length;
  const shared = new Float64Array(rowCount * wanted.length);
  const squares = new Float64Array(rowCount);
  for (const way of ways) {
    const beyond = way.map((probability, cell) => probability - mean[cell]);
    for (let row = 0; row < rowCount; row++) {
      await pacer.giveWay();
      const own = beyond.subarray(row * classCount, (row + 1) * classCount);
      for (const value of own) squares[row] += value * value;
      for (const [place, other] of wanted.entries()) {
        let sum = 0;
        for (let label = 0; label < classCount; label++) sum += own[label] * beyond[other * classCount + label];
        shared[row * wanted.length + place] += sum;
      }
    }
  }
  const scale = (row: number) => squares[row] + leastDeviation * ways.length;
  for (let row = 0; row < rowCount; row++) {
    await pacer.giveWay();
    for (const [place, other] of wanted.entries()) {
      shared[row * wanted.length + place] /= Math.sqrt(scale(row) * scale(other));
    }
  }
  return shared;
}
