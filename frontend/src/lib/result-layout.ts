/** Parts of the page that shows a diagnosis, in their usual order. */
const resultPanels = ["summary", "charts", "secondCharts", "table"] as const;
export type ResultPanel = (typeof resultPanels)[number];

export interface PlacedPanel {
  readonly panel: ResultPanel;
  readonly isShown: boolean;
}

/** It holds the downloads. */
export const isAlwaysShown = (panel: ResultPanel): boolean => panel === "summary";

const hiddenAtFirst: ReadonlySet<ResultPanel> = new Set(["secondCharts"]);

export const usualLayout: readonly PlacedPanel[] = resultPanels.map((panel) => ({
  panel,
  isShown: !hiddenAtFirst.has(panel),
}));

/** A kept layout with every panel once: those it does not know come at the end, those that are no more go. */
export function layoutOf(kept: readonly PlacedPanel[] | undefined): readonly PlacedPanel[] {
  const placed = new Map<ResultPanel, PlacedPanel>();
  for (const { panel, isShown } of [...(Array.isArray(kept) ? kept : []), ...usualLayout] as readonly PlacedPanel[]) {
    if (!resultPanels.includes(panel) || placed.has(panel)) continue;
    placed.set(panel, { panel, isShown: isShown === true || isAlwaysShown(panel) });
  }
  return [...placed.values()];
}
