/**
 * How many classes the labels of a file name.
 * @param confusion `confusion[actual][diagnosed]`
 */
export function classesPresent(confusion: readonly (readonly number[])[]): number {
  return confusion.filter((row) => row.some((count) => count > 0)).length;
}
