import { expect, test } from "vitest";
import { layoutOf, type PlacedPanel, usualLayout } from "../../../frontend/src/lib/result-layout.ts";

const kept = (value: unknown) => layoutOf(value as readonly PlacedPanel[]);

test("without a kept layout the usual one counts", () => {
  expect(layoutOf(undefined)).toEqual(usualLayout);
  expect(kept("nonsense")).toEqual(usualLayout);
});

test("a kept order stays, every panel is there once, and the downloads cannot be hidden", () => {
  const layout = kept([
    { panel: "table", isShown: false },
    { panel: "gone", isShown: true },
    { panel: "summary", isShown: false },
    { panel: "table", isShown: true },
  ]);
  expect(layout).toEqual([
    { panel: "table", isShown: false },
    { panel: "summary", isShown: true },
    { panel: "charts", isShown: true },
    { panel: "secondCharts", isShown: false },
  ]);
});
