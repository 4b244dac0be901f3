import { expect, it } from "vitest";
import manifest from "../../packages/ml/package.json" with { type: "json" };
import { software } from "../../packages/ml/src/software.ts";

it("models tell the version of the package that wrote them", () => {
  expect(software.producerVersion).toBe(manifest.version);
});
