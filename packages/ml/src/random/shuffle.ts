import type { Random } from "./random.ts";

/** Puts the elements in random order, in place (Fisher–Yates). */
export function shuffle(elements: Int32Array, random: Random): void {
  for (let last = elements.length - 1; last > 0; last--) {
    const other = random.below(last + 1);
    const element = elements[last];
    elements[last] = elements[other];
    elements[other] = element;
  }
}
