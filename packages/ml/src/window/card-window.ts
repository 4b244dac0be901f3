/** What a model for windows says of them. */
export interface CardWindow {
  /** Rows that an answer is told from: the row itself and those before it. */
  readonly rows: number;
  /** Column that said which series a row belongs to; without it all rows were one series. */
  readonly nodeColumn?: string | undefined;
  /** Column that said when a row was; without it the order of the file counted. */
  readonly timeColumn?: string | undefined;
}

const mostWindowRows = 64;

interface WindowedCard {
  readonly features: readonly unknown[];
  readonly window?: CardWindow | undefined;
}

/** Rows that one answer of a model is told from. */
export function stepsOf({ window }: Pick<WindowedCard, "window">): number {
  return window?.rows ?? 1;
}

/** Numbers that a model takes for one answer. */
export function inputWidth(card: WindowedCard): number {
  return stepsOf(card) * card.features.length;
}

export function isCardWindow(value: unknown): value is CardWindow {
  if (typeof value !== "object" || value === null) return false;
  const { rows, nodeColumn, timeColumn } = value as Record<string, unknown>;
  const isName = (name: unknown) => name === undefined || typeof name === "string";
  return (
    typeof rows === "number" &&
    Number.isInteger(rows) &&
    rows >= 2 &&
    rows <= mostWindowRows &&
    isName(nodeColumn) &&
    isName(timeColumn)
  );
}
