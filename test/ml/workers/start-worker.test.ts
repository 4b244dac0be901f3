import { execFile } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, join, resolve } from "node:path";
import { promisify } from "node:util";
import { build } from "esbuild";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { entries } from "../../../cdk/bundle/entries.ts";

const run = promisify(execFile);
const repository = resolve(import.meta.dirname, "../../..");
const ml = join(repository, "packages/ml/src");
/** The threads that the deployed trainer is bundled with. */
const workers = entries.filter(({ source }) => source.startsWith("packages/ml/"));

/** A program that fits trees on two threads and prints what they say. */
const program = `
import { fitBoostedTrees } from ${JSON.stringify(join(ml, "learners/trees/boosting/fit-boosted-trees.ts"))};
import { fitForest } from ${JSON.stringify(join(ml, "learners/trees/forest/fit-forest.ts"))};
const rowCount = 60;
const labels = Int32Array.from({ length: rowCount }, (_, row) => row % 3);
const samples = {
  rowCount, columnCount: 1, classCount: 3, labels,
  values: Float32Array.from(labels), weights: new Float32Array(rowCount).fill(1),
};
const none = { ...samples, rowCount: 0, labels: new Int32Array(0), values: new Float32Array(0) };
const options = { seed: 1, threads: 2 };
const boosting = { rounds: 3, learningRate: 0.3, leaves: 3, bins: 9, l2: 1, minLeafRows: 1, minLeafHessian: 0.001, columnShare: 1, rowShare: 1, patience: 3 };
const boosted = await fitBoostedTrees(samples, none, boosting, options);
const forests = { trees: 4, columnShare: 1, minLeafRows: 1, maxDepth: 9, bootstrap: false, split: "random" };
const forest = await fitForest(samples, none, forests, options);
console.log(JSON.stringify([boosted.ensemble, forest.ensemble].map(({ trees }) => trees.map(({ values }) => Array.from(values)))));
`;

describe("worker threads", () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "worker-threads-"));
    await writeFile(join(folder, "program.ts"), program);
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  const output = async (file: string) =>
    JSON.parse((await run(process.execPath, [join(folder, file)], { timeout: 20_000 })).stdout) as unknown;

  it("start from source, and from a bundle with their own bundles beside it, and do the same", async () => {
    await build({
      entryPoints: [
        { in: join(folder, "program.ts"), out: "main" },
        ...workers.map(({ source, output }) => ({ in: join(repository, source), out: basename(output, ".mjs") })),
      ],
      outdir: folder,
      outExtension: { ".js": ".mjs" },
      bundle: true,
      platform: "node",
      format: "esm",
      target: "node22",
      external: ["onnxruntime-node"],
      logLevel: "silent",
    });
    const fromSource = await output("program.ts");
    expect(fromSource).toHaveLength(2);
    expect(await output("main.mjs")).toEqual(fromSource);
  });
});
