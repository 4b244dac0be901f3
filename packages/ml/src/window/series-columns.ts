/** Positions in the header of the columns that say which series a row belongs to and when it was, −1 for none. */
export interface SeriesColumns {
  readonly node: number;
  readonly time: number;
}

const timeNames = ["time", "timestamp", "datetime", "时间"];
const nodeNames = ["node", "host", "instance", "节点"];

/**
 * @param columns of the header
 * @param context positions of the columns that say where and when
 * @param known the names that a model learned by, which count before any other
 */
export function seriesColumns(
  columns: readonly string[],
  context: readonly number[],
  known: { readonly nodeColumn?: string | undefined; readonly timeColumn?: string | undefined } = {},
): SeriesColumns {
  const find = (own: string | undefined, names: readonly string[]) => {
    const exact = context.find((column) => columns[column] === own);
    if (exact !== undefined) return exact;
    for (const name of names) {
      const found = context.find((column) => columns[column].toLowerCase() === name);
      if (found !== undefined) return found;
    }
    return -1;
  };
  return { node: find(known.nodeColumn, nodeNames), time: find(known.timeColumn, timeNames) };
}
