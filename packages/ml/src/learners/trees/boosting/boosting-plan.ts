import type { BoostingAddresses } from "./boosting-memory.ts";
import type { BoostingSettings } from "./boosting-settings.ts";

/** What every thread knows of the training. */
export interface BoostingPlan {
  readonly memory: WebAssembly.Memory;
  readonly addresses: BoostingAddresses;
  readonly settings: BoostingSettings;
  readonly classCount: number;
  /** Training rows, then validation rows. */
  readonly rowCount: number;
  /** Rows that a round learns from. */
  readonly learnedRows: number;
  /** Per packed column, how many bins it has, that of the gaps included. */
  readonly slotCounts: Int32Array;
  /** Per packed column, whether its gaps go to a side that is drawn. */
  readonly drawnGaps: Int32Array;
  readonly seed: number;
}
