/** One line of a heat map. */
export interface HeatLine {
  readonly label: string;
  /** What neighbouring lines have in common; lines of different groups are never taken together. */
  readonly group?: string;
  /** In the order of the columns; null where there is none. */
  readonly values: readonly (number | null)[];
}

/**
 * Neighbouring lines taken together to their means, so that about `most` are left (one more per group at the most).
 * Labels name the first and the last.
 */
export function groupedLines(lines: readonly HeatLine[], most: number): readonly HeatLine[] {
  if (lines.length <= most) return lines;
  const size = lines.length / most;
  const grouped: HeatLine[] = [];
  let begin = 0;
  for (let at = 1; at <= lines.length; at += 1) {
    const isOther = at === lines.length || lines[at]!.group !== lines[begin]!.group;
    if (!isOther) continue;
    const parts = Math.max(1, Math.round((at - begin) / size));
    for (let part = 0; part < parts; part += 1) {
      const first = begin + Math.floor((part * (at - begin)) / parts);
      const end = begin + Math.floor(((part + 1) * (at - begin)) / parts);
      grouped.push(meanOf(lines.slice(first, end)));
    }
    begin = at;
  }
  return grouped;
}

function meanOf(lines: readonly HeatLine[]): HeatLine {
  const [first, last] = [lines[0]!, lines.at(-1)!];
  const values = first.values.map((_, column) => {
    const known = lines.flatMap((line) => line.values[column] ?? []);
    return known.length === 0 ? null : known.reduce((sum, value) => sum + value, 0) / known.length;
  });
  const label = first === last ? first.label : `${first.label} … ${last.label}`;
  return { label, values, ...(first.group !== undefined && { group: first.group }) };
}

/** Index of the line in the middle of each run of lines of one group. */
export function groupMiddles(lines: readonly HeatLine[]): number[] {
  const middles: number[] = [];
  let begin = 0;
  for (let at = 1; at <= lines.length; at += 1) {
    if (at < lines.length && lines[at]!.group === lines[begin]!.group) continue;
    middles.push(begin + Math.floor((at - 1 - begin) / 2));
    begin = at;
  }
  return middles;
}

/** Of ascending places those that are at least so far from the one before that is kept. */
export function apart(places: readonly number[], least: number): number[] {
  const kept: number[] = [];
  for (const place of places) if (kept.length === 0 || place - kept.at(-1)! >= least) kept.push(place);
  return kept;
}
