/**
 * How the boosting kernels find things in their memory.
 *
 * Bins: columns in groups of eight, the eight bins of a row side by side, so that a row of a group is one 64-bit word.
 * Histograms: 256 slots per column, a slot being one 64-bit number: the sum of the quantised gradients in its upper
 * half, that of the quantised hessians in its lower half. Slot 0 is that of the gaps.
 * Column lists: per column three u32, the offset of its histogram, the bytes of it that are in use (a multiple of 32), and
 * whether its gaps go to a side that is drawn.
 */
export const columnsPerGroup = 8;
const slotsPerColumn = 256;
export const bytesPerSlot = 8;
export const histogramBytesPerColumn = slotsPerColumn * bytesPerSlot;
export const columnRecordBytes = 12;

/** The sum of the quantised hessians of all rows stays below this, and the magnitudes of the gradients' sum too. */
export const largestSum = 2 ** 30;

/** Where `search` leaves what it found. */
export const searchResult = { score: 0, column: 4, slot: 8, gapsLeft: 12, leftSums: 16, bytes: 24 } as const;
