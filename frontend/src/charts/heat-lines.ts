/** One line of a heat map. */
export interface HeatLine {
  readonly label: string;
  /** In the order of the columns; null where there is none. */
  readonly values: readonly (number | null)[];
}

/** Neighbouring lines taken together to their mean, so that at most `most` are left. Labels name the first and last. */
export function groupedLines(lines: readonly HeatLine[], most: number): readonly HeatLine[] {
  if (lines.length <= most) return lines;
  const columns = lines[0]?.values.length ?? 0;
  return Array.from({ length: most }, (_, group) => {
    const first = Math.floor((group * lines.length) / most);
    const end = Math.floor(((group + 1) * lines.length) / most);
    const members = lines.slice(first, end);
    const values = Array.from({ length: columns }, (_, column) => {
      const known = members.flatMap(({ values }) => values[column] ?? []);
      return known.length === 0 ? null : known.reduce((sum, value) => sum + value, 0) / known.length;
    });
    const [from, to] = [members[0]!.label, members.at(-1)!.label];
    return { label: from === to ? from : `${from} … ${to}`, values };
  });
}
