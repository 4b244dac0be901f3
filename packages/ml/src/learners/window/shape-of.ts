import type { Samples } from "../learner.ts";
import type { WindowShape } from "./window-network.ts";

/** @param samples whose columns are those of a row, once for each row of the window */
export function shapeOf({ columnCount, classCount }: Samples, { window }: { readonly window: number }): WindowShape {
  if (columnCount % window !== 0) throw new RangeError(`${columnCount} columns are no windows of ${window} rows`);
  return { steps: window, columns: columnCount / window, classes: classCount };
}
