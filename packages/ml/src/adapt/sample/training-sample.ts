import { isCount, isListOf, type PackedFormat, packNumbers, parsePacked, unpackNumbers } from "../../packed-json.ts";
import type { RawRows } from "../../preprocess/preparation.ts";
import { drawBalancedRows } from "./draw-balanced-rows.ts";

/** Key of the sample in the metadata of an `.onnx` file. */
export const trainingSampleKey = "systemhealer.sample";

const mostRows = 3_000;

/** Rows of a model's training file that its file carries, so that it can be adapted where that file is not at hand. */
export interface TrainingSample {
  /** Raw KPIs, column by column in the order of the card's features; NaN for a gap. */
  readonly columns: readonly Float32Array[];
  /** Class index per row. */
  readonly labels: Int32Array;
  /** Rows of the training file per class. */
  readonly classRows: Int32Array;
}

/** Thrown where a text is no training sample, or one of another schema. */
export class SampleUnreadableError extends Error {
  override readonly name = "SampleUnreadableError";
}

interface Written {
  readonly schema: "sample.v1";
  readonly rows: number;
  readonly columns: number;
  readonly classRows: readonly number[];
  /** Packed: int32 labels, then float32 values column by column. */
  readonly numbers: string;
}

const format: PackedFormat<Written> = {
  schema: "sample.v1",
  what: "sample",
  mostBytes: 256 * 1024 * 1024,
  fits: ({ rows, columns, classRows, numbers }) =>
    isCount(rows) && isCount(columns) && isListOf(classRows, isCount) && typeof numbers === "string",
  Unreadable: SampleUnreadableError,
};

/** The entry of a model's metadata; see `encodeTrainingSample`. */
export function trainingSampleEntry(...order: Parameters<typeof encodeTrainingSample>): Record<string, string> {
  return { [trainingSampleKey]: encodeTrainingSample(...order) };
}

/**
 * Writes at most 3,000 rows, equally many of each class as far as it has them.
 * @param rows which rows
 * @param labels class index per row of the whole table
 */
export function encodeTrainingSample(
  { values, columnCount }: RawRows,
  rows: Int32Array,
  labels: Int32Array,
  classCount: number,
  seed: number,
): string {
  const drawn = drawBalancedRows(rows, labels, classCount, mostRows, seed);
  const classRows = new Int32Array(classCount);
  for (const row of rows) classRows[labels[row]]++;
  const numbers = new Float32Array(drawn.length * (1 + columnCount));
  new Int32Array(numbers.buffer, 0, drawn.length).set(drawn.map((row) => labels[row]));
  let cell = drawn.length;
  for (let column = 0; column < columnCount; column++) {
    for (const row of drawn) numbers[cell++] = values[row * columnCount + column];
  }
  const written: Written = {
    schema: "sample.v1",
    rows: drawn.length,
    columns: columnCount,
    classRows: Array.from(classRows),
    numbers: packNumbers([numbers]),
  };
  return JSON.stringify(written);
}

/** @throws SampleUnreadableError */
export function decodeTrainingSample(text: string): TrainingSample {
  const { rows, columns, classRows, numbers } = parsePacked(text, format);
  const bytes = unpackNumbers(numbers, format);
  if (bytes.byteLength !== 4 * rows * (1 + columns)) {
    throw new SampleUnreadableError(`${bytes.byteLength} bytes do not fill ${rows} rows of ${columns} KPIs`);
  }
  const labels = new Int32Array(bytes, 0, rows);
  if (labels.some((label) => label < 0 || label >= classRows.length)) {
    throw new SampleUnreadableError("the sample has a label of no class");
  }
  return {
    columns: Array.from({ length: columns }, (_, column) => new Float32Array(bytes, 4 * rows * (1 + column), rows)),
    labels,
    classRows: Int32Array.from(classRows),
  };
}
