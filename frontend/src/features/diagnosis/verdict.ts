import type { ClassRows } from "../../charts/class-counts.ts";

/** What a diagnosis comes to: a key of the texts, and what stands in the sentence. */
export interface Verdict {
  readonly key: "none" | "single" | "nearlyAll" | "most" | "several" | "mostlyUnknown";
  /** Classes with their shares, the most frequent first; as many as the sentence names. */
  readonly classes: readonly { readonly name: string; readonly share: number }[];
  /** Share of rows that are like nothing learned. */
  readonly unknown: number;
  /** The model is often unsure. */
  readonly isUnsure: boolean;
}

const nearlyAllShare = 0.9;
const mostShare = 0.5;
const sureConfidence = 0.7;
const mostNamed = 3;
/** Classes with fewer of the rows are not worth naming. */
const leastNamedShare = 0.05;

export function verdictOf(counts: readonly ClassRows[], meanConfidence: number): Verdict {
  const rows = counts.reduce((sum, entry) => sum + entry.rows, 0);
  const unknownRows = counts.find(({ name }) => name === "")?.rows ?? 0;
  const shares = counts
    .filter((entry) => entry.name !== "" && entry.rows > 0)
    .map((entry) => ({ name: entry.name, share: entry.rows / rows }))
    .sort((one, other) => other.share - one.share);
  const unknown = rows === 0 ? 0 : unknownRows / rows;
  const rest = { unknown, isUnsure: rows > 0 && meanConfidence < sureConfidence };
  const [first] = shares;
  if (rows === 0) return { key: "none", classes: [], ...rest };
  if (!first || unknown > mostShare) return { key: "mostlyUnknown", classes: [], ...rest };
  if (rows === 1) return { key: "single", classes: [first], ...rest };
  if (first.share >= nearlyAllShare) return { key: "nearlyAll", classes: [first], ...rest };
  const named = shares.filter(({ share }, index) => index === 0 || share >= leastNamedShare);
  if (first.share >= mostShare) return { key: "most", classes: named.slice(0, 2), ...rest };
  return { key: "several", classes: (named.length > 1 ? named : shares).slice(0, mostNamed), ...rest };
}
