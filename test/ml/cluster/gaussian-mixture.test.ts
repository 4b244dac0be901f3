import { assignToMixture, fitGaussianMixture } from "@systemhealer/ml/cluster/gaussian-mixture";
import { createRandom } from "@systemhealer/ml/random/random";
import { describe, expect, it } from "vitest";
import { blobRows, blobWidth, threeBlobs } from "./three-blobs.ts";

const values = threeBlobs();

describe("fitGaussianMixture", () => {
  it.each([
    ["diagonal", -6.612868858523959, 3283.7898305583403],
    ["tied", -6.624888205769679, 3273.11720046626],
  ] as const)("%s: comes from k-means to where scikit-learn comes", async (covariance, logLikelihood, bic) => {
    const mixture = await fitGaussianMixture(values, blobRows, blobWidth, 3, {
      covariance,
      random: createRandom(1),
      floor: 1e-3,
      tolerance: 1e-9,
      iterations: 1_000,
    });
    expect(mixture.logLikelihood).toBeCloseTo(logLikelihood, 4);
    expect(mixture.bic).toBeCloseTo(bic, 1);
  });

  it.each(["diagonal", "tied"] as const)("%s: assigns rows to the blob that they are of", async (covariance) => {
    const options = { covariance, random: createRandom(1) };
    const assign = assignToMixture(await fitGaussianMixture(values, blobRows, blobWidth, 3, options));
    const labels = Int32Array.from({ length: 210 }, (_, row) => assign(values, row * blobWidth));
    for (const blob of [0, 1, 2]) {
      const own = labels.filter((_, row) => row % 3 === blob);
      const most = Math.max(...[0, 1, 2].map((label) => own.filter((found) => found === label).length));
      expect(most).toBeGreaterThan(0.9 * own.length);
    }
  });

  it("takes rows that are all the same", async () => {
    const options = { covariance: "tied", random: createRandom(1) } as const;
    const mixture = await fitGaussianMixture(new Float32Array(40), 20, 2, 3, options);
    expect(Number.isFinite(mixture.bic)).toBe(true);
  });
});
