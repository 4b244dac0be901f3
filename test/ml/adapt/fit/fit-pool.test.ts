import { expect, it } from "vitest";
import type { FitJob } from "../../../../packages/ml/src/adapt/fit/fit-job.ts";
import { FitPool } from "../../../../packages/ml/src/adapt/fit/fit-pool.ts";
import { noRows } from "../../../../packages/ml/src/adapt/fit/view-rows.ts";
import { fitForest } from "../../../../packages/ml/src/learners/trees/forest/fit-forest.ts";
import { predictEnsemble } from "../../../../packages/ml/src/learners/trees/predict-ensemble.ts";

const samples = {
  rowCount: 60,
  columnCount: 2,
  values: Float32Array.from({ length: 120 }, (_, cell) => (cell * 37) % 61),
  labels: Int32Array.from({ length: 60 }, (_, row) => row % 3),
  classCount: 3,
  weights: new Float32Array(60).fill(1),
};
const shape = { trees: 8, columnShare: 0.5, minLeafRows: 2 };
const job: FitJob = { learner: shape, samples, rows: samples.values, seed: 5 };

it("a pool's forest is the forest of the learner", async () => {
  const pool = new FitPool(2);
  const results = await Promise.all([pool.run(job), pool.run({ ...job, learner: "boosting" }), pool.run(job)]);
  await pool.close();
  const settings = { ...shape, maxDepth: 1_000, bootstrap: false, split: "random" } as const;
  const { ensemble } = await fitForest(samples, noRows(samples), settings, { seed: 5, threads: 1 });
  const expected = predictEnsemble(ensemble, samples.values, 60);
  expect(results[0].answers).toEqual(expected);
  expect(results[2].answers).toEqual(expected);
  expect(results[1].answers).toHaveLength(180);
});

it("a fit that cannot be done rejects, and so does one that is told to end", async () => {
  const controller = new AbortController();
  const pool = new FitPool(1, controller.signal);
  const running = pool.run({ ...job, learner: { ...shape, trees: 100_000 } });
  controller.abort(new Error("stop"));
  await expect(running).rejects.toThrow("stop");
  await expect(pool.run(job)).rejects.toThrow("stop");
  await pool.close();
});
