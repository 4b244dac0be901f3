import type { AnomalyBaseline, RowLimit } from "./baseline.ts";

/** A baseline as JSON. */
export interface WrittenBaseline {
  readonly source: string | null;
  readonly rows: number;
  readonly limits: readonly RowLimit[];
  /** Base64 of little-endian float64: means, then deviations, NaN where there is none. */
  readonly moments: string;
}

export function encodeBaseline({ source, rows, limits, means, deviations }: AnomalyBaseline): WrittenBaseline {
  const moments = Float64Array.of(...means, ...deviations);
  return { source, rows, limits, moments: Buffer.from(moments.buffer).toString("base64") };
}

/**
 * @param columnCount of the rows it is for
 * @throws RangeError where it is for rows of other columns
 */
export function decodeBaseline({ moments, ...told }: WrittenBaseline, columnCount: number): AnomalyBaseline {
  const bytes = Uint8Array.from(Buffer.from(moments, "base64"));
  if (bytes.length !== 16 * columnCount) throw new RangeError(`${bytes.length} bytes are no ${columnCount} baselines`);
  const numbers = new Float64Array(bytes.buffer);
  return { ...told, means: numbers.slice(0, columnCount), deviations: numbers.slice(columnCount) };
}
