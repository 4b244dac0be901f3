import type { AnomalyBaseline, RowLimit } from "./baseline.ts";

/** A baseline as JSON. */
export interface WrittenBaseline {
  readonly source: string | null;
  readonly rows: number;
  readonly limits: readonly RowLimit[];
  /** Base64 of little-endian float64: means, then deviations (NaN where there is none), then alarms. */
  readonly moments: string;
}

export function encodeBaseline(baseline: AnomalyBaseline): WrittenBaseline {
  const { source, rows, limits, means, deviations, alarms } = baseline;
  const moments = Float64Array.of(...means, ...deviations, ...alarms);
  return { source, rows, limits, moments: Buffer.from(moments.buffer).toString("base64") };
}

/**
 * @param columnCount of the rows it is for
 * @throws RangeError where it is for rows of other columns
 */
export function decodeBaseline({ moments, ...told }: WrittenBaseline, columnCount: number): AnomalyBaseline {
  const bytes = Uint8Array.from(Buffer.from(moments, "base64"));
  if (bytes.length !== 24 * columnCount) throw new RangeError(`${bytes.length} bytes are no ${columnCount} baselines`);
  const numbers = new Float64Array(bytes.buffer);
  const [means, deviations, alarms] = [0, 1, 2].map((part) =>
    numbers.slice(part * columnCount, (part + 1) * columnCount),
  );
  return { ...told, means, deviations, alarms };
}
