/** As many of them as have room, evenly spread from the last one on; all where all have. */
export function spreadOut<T>(items: readonly T[], room: number): T[] {
  const step = Math.max(1, Math.ceil(items.length / Math.max(1, room)));
  return items.filter((_, index) => (items.length - 1 - index) % step === 0);
}
