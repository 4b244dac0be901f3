import type { AnomalyBaseline } from "../anomaly/baseline.ts";
import { decodeBaseline, encodeBaseline, type WrittenBaseline } from "../anomaly/encode-baseline.ts";
import { isCount, isListOf, type PackedFormat, packNumbers, parsePacked, unpackNumbers } from "../packed-json.ts";
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

/** Key of the reference in the metadata of an `.onnx` file. */
export const modelReferenceKey = "systemhealer.reference";

/** Thrown where a text is no reference, or one of another schema. */
export class ReferenceUnreadableError extends Error {
  override readonly name = "ReferenceUnreadableError";
}

interface Written {
  readonly schema: "reference.v1";
  readonly classRows: readonly number[];
  readonly normalSource: string | null;
  readonly conformal: ConformalThresholds;
  readonly noveltyLimit: number | null;
  /** Cuts per column. */
  readonly cuts: readonly number[];
  /** Packed: float32 low, median and high per column (NaN: no range), float32 cuts, int32 counts; columns one after the other. */
  readonly numbers: string;
  readonly drift?: WrittenDrift;
  readonly baseline?: WrittenBaseline;
}

interface WrittenDrift {
  readonly lengths: readonly number[];
  readonly values: readonly number[];
  readonly gaps: readonly number[];
}

const format: PackedFormat<Written> = {
  schema: "reference.v1",
  what: "reference",
  mostBytes: 256 * 1024 * 1024,
  fits: ({ classRows, normalSource, conformal, noveltyLimit, cuts, numbers, drift, baseline }) =>
    isListOf(classRows, isCount) &&
    isListOf(cuts, isCount) &&
    isTextOrNull(normalSource) &&
    isRecord(conformal) &&
    isNumber(conformal.coverage) &&
    isListOf(conformal.leastProbability, isNumber) &&
    conformal.leastProbability.length === classRows.length &&
    (noveltyLimit === null || isNumber(noveltyLimit)) &&
    typeof numbers === "string" &&
    (drift === undefined || (isRecord(drift) && [drift.lengths, drift.values, drift.gaps].every(isNumbers))) &&
    (baseline === undefined || (isRecord(baseline) && isTextOrNull(baseline.source) && isCount(baseline.rows))),
  Unreadable: ReferenceUnreadableError,
};

const isNumber = (value: unknown): value is number => typeof value === "number";
const isNumbers = (value: unknown) => isListOf(value, isNumber);
const isTextOrNull = (value: unknown) => value === null || typeof value === "string";
const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null;

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
  const written: Written = {
    schema: "reference.v1",
    classRows: Array.from(kpis.classRows),
    normalSource: normalRanges.source,
    conformal,
    noveltyLimit,
    cuts: kpis.columns.map(({ cuts }) => cuts.length),
    numbers: packNumbers(parts),
    ...(kpis.drift && { drift: writeDrift(kpis.drift) }),
    ...(baseline && { baseline: encodeBaseline(baseline) }),
  };
  return JSON.stringify(written);
}

/** @throws ReferenceUnreadableError */
export function decodeReference(text: string): ModelReference {
  const written = parsePacked(text, format);
  const { classRows, cuts, numbers, normalSource, conformal, noveltyLimit } = written;
  const classCount = classRows.length;
  const bytes = unpackNumbers(numbers, format);
  const cutSum = cuts.reduce((sum, count) => sum + count, 0);
  const countSum = cuts.reduce((sum, count) => sum + (2 * count + 1) * classCount, 0);
  const rangesEnd = 3 * cuts.length;
  if (bytes.byteLength !== 4 * (rangesEnd + cutSum + countSum)) {
    throw new ReferenceUnreadableError(`${bytes.byteLength} bytes do not fill the reference`);
  }
  const floats = new Float32Array(bytes, 0, rangesEnd + cutSum);
  const counts = new Int32Array(bytes, 4 * floats.length, countSum);
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
