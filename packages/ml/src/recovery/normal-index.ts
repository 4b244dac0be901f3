import { normalClass } from "../honesty/normal-class.ts";

/**
 * Index of the class of rows without a fault, −1 where there is none.
 * @param named by somebody who knows; default: the class that is called normal
 */
export function normalIndex(classes: readonly string[], named?: string): number {
  return named === undefined ? normalClass(classes) : classes.indexOf(named);
}
