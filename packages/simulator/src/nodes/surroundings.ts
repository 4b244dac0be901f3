import type { Strain } from "../faults.ts";

/** What a node meets in one step, whatever its role. */
export interface Surroundings {
  /** Seconds. */
  readonly step: number;
  readonly strain: Strain;
  readonly capacity: { readonly cpu: number; readonly disk: number; readonly network: number };
  readonly warmHitRatio: number;
  /** Mean disk utilisation of the nodes on the same array, 0 to 1. */
  readonly sharedDisk: number;
  /** Mean network utilisation of the nodes on the same switch, 0 to 1. */
  readonly sharedNetwork: number;
}
