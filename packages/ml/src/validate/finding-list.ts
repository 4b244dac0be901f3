import type { Finding } from "../table/table-error.ts";

export const maxFindings = 100;

/** Keeps the first findings and counts the rest. */
export class FindingList {
  readonly kept: Finding[] = [];
  count = 0;

  get omitted(): number {
    return this.count - this.kept.length;
  }

  add(finding: Finding): void {
    if (this.kept.length < maxFindings) this.kept.push(finding);
    this.count++;
  }

  /** Counts findings that were not told one by one. */
  omit(count: number): void {
    this.count += count;
  }
}
