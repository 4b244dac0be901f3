/** Rows that are scored side by side. */
export const lanes = 16;
/** Bytes of one number of each of them. */
export const laneBytes = 4 * lanes;
