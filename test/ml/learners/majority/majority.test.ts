import { expect, it } from "vitest";
import { majority } from "../../../../packages/ml/src/learners/majority/majority.ts";
import { blobs, largestDifference, throughGraph } from "../../fixtures/learner-samples.ts";

it("the majority baseline answers every row with the shares of the classes, in ONNX too", async () => {
  const rows = blobs({ rowCount: 10, columnCount: 2, classCount: 3 });
  const fitted = await majority.fit(rows, rows, { learner: "majority" }, { seed: 0, threads: 1 });
  const probabilities = fitted.predict(rows.values, 10);
  expect(largestDifference(probabilities.subarray(27), [0.4, 0.3, 0.3])).toBeLessThan(1e-6);
  expect(largestDifference(probabilities, await throughGraph(fitted, rows))).toBeLessThan(1e-6);
});
