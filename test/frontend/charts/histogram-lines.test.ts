import { expect, test } from "vitest";
import { gapShare, histogramLines } from "../../../frontend/src/charts/histogram-lines.ts";

const classes = [
  { name: "idle", sampled: 10 },
  { name: null, sampled: 4 },
  { name: "gone", sampled: 0 },
];
const counts = [
  [5, 2],
  [1, 3],
  [0, 0],
];

test("each class has a line of shares of its own rows, over the middle of the bins", () => {
  expect(histogramLines({ scale: "linear", edges: [0, 2, 4], counts }, classes, "all")).toEqual([
    {
      id: "idle",
      data: [
        { x: 1, y: 50 },
        { x: 3, y: 20 },
      ],
    },
    {
      id: "all",
      data: [
        { x: 1, y: 25 },
        { x: 3, y: 75 },
      ],
    },
  ]);
});

test("on a logarithmic scale the middle of a bin is the geometric one", () => {
  const [idle] = histogramLines({ scale: "log", edges: [1, 100, 10_000], counts }, classes, "all");
  expect(idle!.data.map(({ x }) => x)).toEqual([10, 1_000]);
});

test("a KPI without numbers has no line", () => {
  expect(histogramLines({ scale: "linear", edges: [], counts: [[], [], []] }, classes, "all")).toEqual([]);
});

test("gaps are a share of all sampled rows", () => {
  expect(gapShare({ gaps: [5, 2, 0] }, classes)).toBe(0.5);
  expect(gapShare({ gaps: [] }, [])).toBe(0);
});
