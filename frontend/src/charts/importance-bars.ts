export interface ImportanceBar {
  readonly name: string;
  readonly mean: number;
  readonly low: number;
  readonly high: number;
}

/** The bars that tell most, the greatest first. */
export function importanceBars(importance: readonly ImportanceBar[], most: number): ImportanceBar[] {
  return [...importance].sort((a, b) => b.mean - a.mean).slice(0, most);
}

/** Whether a KPI's part can be told from chance: its interval lies above 0. */
export const isSure = ({ low }: ImportanceBar): boolean => low > 0;
