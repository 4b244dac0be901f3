import { referenceFeatures } from "@systemhealer/simulator/schemas/reference-map";
import { expect, test } from "vitest";

test("the map has 107 columns, names each once and shows every node", () => {
  expect(referenceFeatures.map((feature) => feature.name)).toEqual(
    Array.from({ length: 107 }, (_, i) => `feature${i}`),
  );
  const sources = referenceFeatures.flatMap((f) => (f.kind === "constant" ? [] : [`${f.node} ${f.kpi}`]));
  expect(new Set(sources).size).toBe(104);
  expect(new Set(referenceFeatures.flatMap((f) => (f.kind === "constant" ? [] : [f.node]))).size).toBe(8);
});

test("the map is fixed", () => {
  expect([0, 1, 19, 50, 106].map((column) => referenceFeatures[column])).toMatchSnapshot();
});
