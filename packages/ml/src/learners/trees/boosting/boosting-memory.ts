import { columnRecordBytes, columnsPerGroup, histogramBytesPerColumn, searchResult } from "./layout.ts";

const alignment = 64;

export interface BoostingSizes {
  /** Training rows, then validation rows. */
  readonly rowCount: number;
  /** Columns with at least two bins. */
  readonly columnCount: number;
  readonly classCount: number;
  readonly leaves: number;
  readonly threads: number;
}

/** Addresses that one thread works on alone. */
export interface ThreadAddresses {
  readonly histograms: readonly number[];
  readonly columnList: number;
  readonly activeRows: number;
  readonly gradients: number;
  readonly restRows: number;
  readonly spareRows: number;
  readonly spareGradients: number;
  readonly pairs: number;
  readonly result: number;
}

export interface BoostingAddresses {
  readonly bytes: number;
  readonly groupCount: number;
  /** Rows, raised to a multiple of 4. */
  readonly paddedRows: number;
  readonly bins: number;
  readonly labels: number;
  readonly weights: number;
  /** Planes of `paddedRows` float32, one a class. */
  readonly margins: number;
  readonly probabilities: number;
  readonly threads: readonly ThreadAddresses[];
}

/** Lays out the one memory that all threads share. */
export function layOutMemory(sizes: BoostingSizes): BoostingAddresses {
  let bytes = 0;
  const take = (size: number) => {
    const address = bytes;
    bytes = Math.ceil((bytes + size) / alignment) * alignment;
    return address;
  };
  const { rowCount, columnCount, classCount } = sizes;
  const groupCount = Math.ceil(columnCount / columnsPerGroup);
  const paddedRows = Math.ceil(rowCount / 4) * 4;
  const addresses = {
    groupCount,
    paddedRows,
    bins: take(groupCount * rowCount * columnsPerGroup),
    labels: take(paddedRows * 4),
    weights: take(paddedRows * 4),
    margins: take(paddedRows * 4 * classCount),
    probabilities: take(paddedRows * 4 * classCount),
    threads: Array.from({ length: sizes.threads }, () => ({
      histograms: Array.from({ length: sizes.leaves }, () =>
        take(groupCount * columnsPerGroup * histogramBytesPerColumn),
      ),
      columnList: take(columnCount * columnRecordBytes),
      activeRows: take((rowCount + 1) * 4),
      gradients: take((rowCount + 1) * 8),
      restRows: take((rowCount + 1) * 4),
      spareRows: take((rowCount + 1) * 4),
      spareGradients: take((rowCount + 1) * 8),
      pairs: take(paddedRows * 8),
      result: take(searchResult.bytes),
    })),
  };
  return { ...addresses, bytes };
}
