import { createRandom } from "@systemhealer/ml/random/random";
import { normal } from "../fixtures/synthetic-table.ts";

export const blobRows = 240;
export const blobWidth = 3;

const spreads = [0.3, 0.8, 1.4];
const centres = [
  [0, 0, 0],
  [5, 0, 2],
  [0, 6, -3],
];

/** Rows around three centres in turn, each as wide as it is, and 30 rows scattered over the whole. */
export function threeBlobs(): Float32Array {
  const random = createRandom(5);
  return Float32Array.from({ length: blobRows * blobWidth }, (_, cell) => {
    const row = Math.floor(cell / blobWidth);
    if (row >= 210) return 16 * random.uniform() - 6;
    return (centres[row % 3]?.[cell % blobWidth] ?? 0) + (spreads[row % 3] ?? 0) * normal(random);
  });
}
