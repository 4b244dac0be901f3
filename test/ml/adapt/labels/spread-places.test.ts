import { expect, it } from "vitest";
import { spreadPlaces } from "../../../../packages/ml/src/adapt/labels/spread-places.ts";

it("all labelled rows take part where there are few of them", () => {
  expect([...spreadPlaces(4, 500)]).toEqual([0, 1, 2, 3]);
  expect(spreadPlaces(400, 10_000)).toHaveLength(400);
});

it.each([
  [5_000, 2_000, 1_000],
  [1_000, 10_000, 400],
  [3, 10_000_000, 1],
])("of %i labelled rows among %i only %i do, each once and from all parts of the file", (labelled, rows, wanted) => {
  const places = [...spreadPlaces(labelled, rows)];
  expect(places).toHaveLength(wanted);
  expect(new Set(places).size).toBe(wanted);
  expect(places[0]).toBe(0);
  expect(places.at(-1)).toBe(Math.floor(labelled - labelled / wanted));
});
