export interface ConfusionCell {
  /** The diagnosed class. */
  readonly x: string;
  /** What the cell's colour stands for: share of the row's class, or rows as a share of the fullest cell. */
  readonly y: number;
  readonly actual: string;
  readonly rows: number;
  /** Of the rows of the actual class. */
  readonly share: number;
  readonly isRight: boolean;
}

/**
 * One line of cells per actual class, ready to be drawn.
 *
 * @param confusion `confusion[actual][diagnosed]`
 * @param byClass colours by share of the actual class, so that rare classes show as well as frequent ones
 */
export function confusionLines(
  classes: readonly string[],
  confusion: readonly (readonly number[])[],
  byClass: boolean,
): { readonly id: string; readonly data: ConfusionCell[] }[] {
  const fullest = Math.max(1, ...confusion.flat());
  return classes.map((actual, i) => {
    const line = confusion[i] ?? [];
    const total = line.reduce((sum, rows) => sum + rows, 0);
    const data = classes.map((x, j): ConfusionCell => {
      const rows = line[j] ?? 0;
      const share = total === 0 ? 0 : rows / total;
      return { x, y: byClass ? share : rows / fullest, actual, rows, share, isRight: i === j };
    });
    return { id: actual, data };
  });
}

export interface Confusion {
  readonly actual: string;
  readonly diagnosed: string;
  readonly rows: number;
  /** Of the rows of the actual class. */
  readonly share: number;
}

/** Which classes are taken for which others most often, the most rows first. */
export function worstConfusions(
  classes: readonly string[],
  confusion: readonly (readonly number[])[],
  most: number,
): Confusion[] {
  return confusionLines(classes, confusion, true)
    .flatMap(({ data }) => data.filter(({ isRight, rows }) => !isRight && rows > 0))
    .sort((a, b) => b.rows - a.rows || b.share - a.share)
    .slice(0, most)
    .map(({ actual, x, rows, share }) => ({ actual, diagnosed: x, rows, share }));
}
