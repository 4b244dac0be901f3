import { type AnomalyBaseline, leastThreshold, mostThreshold, type RowLimit } from "./baseline.ts";

/** A baseline as JSON. */
export interface WrittenBaseline {
  readonly source: string | null;
  readonly rows: number;
  readonly limits: readonly RowLimit[];
  /**
   * Base64 of little-endian float64: means, then deviations (NaN where there is none), then alarms, which early models
   * lack: in them no KPI is an anomaly alone.
   */
  readonly moments: string;
}

const bytesPerNumber = 8;

export function encodeBaseline(baseline: AnomalyBaseline): WrittenBaseline {
  const { source, rows, limits, means, deviations, alarms } = baseline;
  const moments = Float64Array.of(...means, ...deviations, ...alarms);
  return { source, rows, limits, moments: Buffer.from(moments.buffer).toString("base64") };
}

/**
 * @param columnCount of the rows it is for
 * @throws RangeError where it is for rows of other columns, or some thresholds have no limit
 */
export function decodeBaseline({ moments, ...told }: WrittenBaseline, columnCount: number): AnomalyBaseline {
  const bytes = Uint8Array.from(Buffer.from(moments, "base64"));
  const parts = bytes.length / (bytesPerNumber * columnCount);
  if (parts !== 2 && parts !== 3) throw new RangeError(`${bytes.length} bytes are no ${columnCount} baselines`);
  if (!reachAll(told.limits)) throw new RangeError("the limits are not those of all thresholds");
  const numbers = new Float64Array(bytes.buffer);
  const part = (index: number) => numbers.slice(index * columnCount, (index + 1) * columnCount);
  const alarms = parts === 3 ? part(2) : new Float64Array(columnCount).fill(Number.POSITIVE_INFINITY);
  return { ...told, means: part(0), deviations: part(1), alarms };
}

/** Whether there is a limit at or on both sides of every threshold that may be asked for. */
function reachAll(limits: readonly RowLimit[]): boolean {
  const rising = limits.every(({ threshold }, index) => index === 0 || threshold > limits[index - 1].threshold);
  const numbers = limits.every(({ excess, expectedKpis }) => excess >= 0 && expectedKpis >= 0);
  return (
    rising && numbers && limits[0]?.threshold <= leastThreshold && limits[limits.length - 1].threshold >= mostThreshold
  );
}
