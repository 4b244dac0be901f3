import type { Output } from "../output.ts";

interface Compared {
  readonly classes: readonly string[];
  /** `confusion[actual][diagnosed]`. */
  readonly confusion: readonly (readonly number[])[];
}

/** How many of the classes the labels of the file name; nothing where that is all of them. */
export function classesLine(output: Output, { classes, confusion }: Compared): string[] {
  const present = confusion.filter((row) => row.some((count) => count > 0)).length;
  return present < classes.length ? [output.text("classes-present", { present, classes: classes.length })] : [];
}
