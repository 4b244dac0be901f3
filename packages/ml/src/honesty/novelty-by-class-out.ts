import type { RawRows } from "../preprocess/preparation.ts";
import { areaUnderRoc } from "./area-under-roc.ts";
import { fitNovelty } from "./fit-novelty.ts";

const mostRows = 2_000;
const mostClasses = 12;

/**
 * How well a class that was never learned is told from those that were: each class is left out in turn, and the area
 * under the curve of its rows against all others is measured on rows that were not learned from.
 * @returns per class, null where the held rows have none of it or all; empty where there are more than 12 classes
 */
export async function noveltyByClassOut(
  raw: RawRows,
  learned: Int32Array,
  held: Int32Array,
  labels: Int32Array,
  classCount: number,
  signal?: AbortSignal,
): Promise<(number | null)[]> {
  if (classCount > mostClasses) return [];
  const step = Math.max(1, Math.ceil(learned.length / mostRows));
  const heldStep = Math.max(1, Math.ceil(held.length / mostRows));
  const asked = held.filter((_, place) => place % heldStep === 0);
  const areas: (number | null)[] = [];
  for (let left = 0; left < classCount; left++) {
    const others = learned.filter((row, place) => place % step === 0 && labels[row] !== left);
    const novelty = await fitNovelty(raw, others, labels, classCount, signal);
    const known = asked.filter((row) => labels[row] !== left);
    const unknown = asked.filter((row) => labels[row] === left);
    if (!novelty || known.length === 0 || unknown.length === 0) areas.push(null);
    else areas.push(areaUnderRoc(await novelty.score(raw, known, signal), await novelty.score(raw, unknown, signal)));
  }
  return areas;
}
