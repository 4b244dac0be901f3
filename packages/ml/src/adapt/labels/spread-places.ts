const mostRows = 1_000;
const mostPairs = 4_000_000;

/**
 * Which of many labelled rows take part where each is compared with every row of the target: at most 1,000, and 4,000,000
 * pairs, evenly spread, since files often have their rows class by class.
 * @param labelled how many there are
 * @param rows of the target
 * @returns places among the labelled rows, rising
 */
export function spreadPlaces(labelled: number, rows: number): Int32Array {
  const size = Math.min(labelled, mostRows, Math.max(1, Math.floor(mostPairs / rows)));
  return Int32Array.from({ length: size }, (_, place) => Math.floor((place * labelled) / size));
}
