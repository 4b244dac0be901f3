import { deflateRawSync, inflateRawSync } from "node:zlib";
import type { AnomalyBaseline } from "../anomaly/baseline.ts";
import { decodeBaseline, encodeBaseline, type WrittenBaseline } from "../anomaly/encode-baseline.ts";
import type { ConformalThresholds } from "./conformal.ts";
import type { Drift } from "./drift.ts";
import type { NormalRange, NormalRanges } from "./normal-ranges.ts";
import type { Reference, ReferenceColumn } from "./reference.ts";

/** What a model knows of its own bounds: carried in its file, beside the card. */
export interface ModelReference {
  /** What the KPIs looked like in training. */
  readonly kpis: Reference;
  readonly normalRanges: NormalRanges;
  /** Makes prediction sets of probabilities. */
  readonly conformal: ConformalThresholds;
  /** Rows of a greater novelty are of no class that was learned; null where the model tells no novelty. */
  readonly noveltyLimit: number | null;
  /** Mean and standard deviation of each KPI; models made before there were any have none. */
  readonly baseline?: AnomalyBaseline;
}

const modelReferenceSchema = "reference.v1";

/** Key of the reference in the metadata of an `.onnx` file. */
export const modelReferenceKey = "systemhealer.reference";

/** Thrown where a text is no reference, or one of another schema. */
export class ReferenceUnreadableError extends Error {
  override readonly name = "ReferenceUnreadableError";
}

interface Written {
  readonly schema: typeof modelReferenceSchema;
  readonly classRows: readonly number[];
  readonly normalSource: string | null;
  readonly conformal: ConformalThresholds;
  readonly noveltyLimit: number | null;
  /** Cuts per column. */
  readonly cuts: readonly number[];
  /**
   * Base64 of raw DEFLATE (RFC 1951) of little-endian numbers: float32 low, median and high per column (NaN: no
   * range), float32 cuts, int32 counts; columns one after the other.
   */
  readonly numbers: string;
  readonly drift?: WrittenDrift;
  readonly baseline?: WrittenBaseline;
}

interface WrittenDrift {
  readonly lengths: readonly number[];
  readonly values: readonly number[];
  readonly gaps: readonly number[];
}

const mostBytes = 256 * 1024 * 1024;

export function encodeReference(reference: ModelReference): string {
  const { kpis, normalRanges, conformal, noveltyLimit, baseline } = reference;
  const ranges = normalRanges.ranges.flatMap((range) =>
    range ? [range.low, range.median, range.high] : [Number.NaN, Number.NaN, Number.NaN],
  );
  const parts = [
    Float32Array.from(ranges),
    ...kpis.columns.map(({ cuts }) => cuts),
    ...kpis.columns.map(({ counts }) => counts),
  ];
  const bytes = Buffer.concat(
    parts.map(({ buffer, byteOffset, byteLength }) => Buffer.from(buffer, byteOffset, byteLength)),
  );
  const written: Written = {
    schema: modelReferenceSchema,
    classRows: Array.from(kpis.classRows),
    normalSource: normalRanges.source,
    conformal,
    noveltyLimit,
    cuts: kpis.columns.map(({ cuts }) => cuts.length),
    numbers: deflateRawSync(bytes, { level: 9 }).toString("base64"),
    ...(kpis.drift && { drift: writeDrift(kpis.drift) }),
    ...(baseline && { baseline: encodeBaseline(baseline) }),
  };
  return JSON.stringify(written);
}

/** @throws ReferenceUnreadableError */
export function decodeReference(text: string): ModelReference {
  const written = parse(text);
  const { classRows, cuts, numbers, normalSource, conformal, noveltyLimit } = written;
  const classCount = classRows.length;
  const bytes = inflate(numbers);
  const cutSum = cuts.reduce((sum, count) => sum + count, 0);
  const countSum = cuts.reduce((sum, count) => sum + (2 * count + 1) * classCount, 0);
  const rangesEnd = 3 * cuts.length;
  if (bytes.byteLength !== 4 * (rangesEnd + cutSum + countSum)) {
    throw new ReferenceUnreadableError(`${bytes.byteLength} bytes do not fill the reference`);
  }
  const floats = new Float32Array(bytes.buffer, 0, rangesEnd + cutSum);
  const counts = new Int32Array(bytes.buffer, 4 * floats.length, countSum);
  let cutAt = rangesEnd;
  let countAt = 0;
  const columns = cuts.map((count): ReferenceColumn => {
    const countEnd = countAt + (2 * count + 1) * classCount;
    const column = { cuts: floats.slice(cutAt, cutAt + count), counts: counts.slice(countAt, countEnd) };
    cutAt += count;
    countAt = countEnd;
    return column;
  });
  const ranges = cuts.map((_, column): NormalRange | null => {
    const [low, median, high] = floats.subarray(3 * column, 3 * column + 3);
    return Number.isNaN(median) ? null : { low, median, high };
  });
  return {
    kpis: {
      classCount,
      columns,
      classRows: Int32Array.from(classRows),
      ...(written.drift && { drift: readDrift(written.drift, cuts.length) }),
    },
    normalRanges: { source: normalSource, ranges },
    conformal,
    noveltyLimit,
    ...(written.baseline && { baseline: baselineOf(written.baseline, cuts.length) }),
  };
}

function baselineOf(written: WrittenBaseline, columnCount: number): AnomalyBaseline {
  try {
    return decodeBaseline(written, columnCount);
  } catch (cause) {
    throw new ReferenceUnreadableError("the reference's means and deviations are damaged", { cause });
  }
}

/** To a hundredth, as they were fitted. */
function writeDrift({ lengths, values, gaps }: Drift): WrittenDrift {
  const rounded = (numbers: Float32Array) => Array.from(numbers, (value) => Math.round(100 * value) / 100);
  return { lengths, values: rounded(values), gaps: rounded(gaps) };
}

function readDrift({ lengths, ...written }: WrittenDrift, columnCount: number): Drift {
  const read = (numbers: readonly number[]) => {
    if (numbers.length === columnCount * lengths.length) return Float32Array.from(numbers);
    throw new ReferenceUnreadableError(`${numbers.length} numbers are not the drift of ${columnCount} columns`);
  };
  return { lengths, values: read(written.values), gaps: read(written.gaps) };
}

function parse(text: string): Written {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    throw new ReferenceUnreadableError("the reference is no JSON", { cause });
  }
  const schema = typeof value === "object" && value !== null && "schema" in value ? value.schema : undefined;
  if (schema !== modelReferenceSchema) {
    throw new ReferenceUnreadableError(`the reference's schema is ${String(schema)}, not ${modelReferenceSchema}`);
  }
  return value as Written;
}

/** In memory of its own, so that typed arrays can lie on it. */
function inflate(base64: string): { readonly buffer: ArrayBuffer; readonly byteLength: number } {
  try {
    const inflated = inflateRawSync(Buffer.from(base64, "base64"), { maxOutputLength: mostBytes });
    const buffer = new ArrayBuffer(inflated.length);
    new Uint8Array(buffer).set(inflated);
    return { buffer, byteLength: inflated.length };
  } catch (cause) {
    throw new ReferenceUnreadableError("the reference's numbers are damaged", { cause });
  }
}
