const leastNumbers = 10;

/** Whether a column has as many numbers as a distribution needs, and not all the same. */
export function varies(column: Float32Array): boolean {
  const present = column.filter((value) => !Number.isNaN(value));
  return present.length >= leastNumbers && present.some((value) => value !== present[0]);
}
