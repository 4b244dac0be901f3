/**
 * Time to fit of boosted trees, random forest, extra trees and the origin's network on a file (by default SIMULATED),
 * and of LightGBM, scikit-learn and PyTorch beside them where a Python that has them is given. Both sides take turns on
 * the same rows; the table has medians.
 *
 *     npm run bench:train -- [--rows 10000] [--file train.csv] [--threads 1,2] [--repeats 3]
 *                            [--models boosted-trees,random-forest,extra-trees,network] [--peers PYTHON] [--json]
 */
import { createReadStream } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { availableParallelism, cpus, tmpdir } from "node:os";
import { join } from "node:path";
import { OriginMlpSettings } from "@systemhealer/contract/training-settings";
import type { FitOptions, Samples } from "@systemhealer/ml/learners/learner";
import { originMlp } from "@systemhealer/ml/learners/mlp/mlp";
import { fitBoostedTrees } from "@systemhealer/ml/learners/trees/boosting/fit-boosted-trees";
import { fitForest } from "@systemhealer/ml/learners/trees/forest/fit-forest";
import { fitPreparation } from "@systemhealer/ml/preprocess/fit-preparation";
import { readTable } from "@systemhealer/ml/table/read-table";
import { readOptions } from "./options.ts";
import { openPeers } from "./train/peer-process.ts";
import { writeSimulatedFile } from "./train/simulated-file.ts";
import { medianTiming, type Timing, timed } from "./train/timing.ts";
import { wholeNumber } from "./whole-number.ts";

const { values } = readOptions(import.meta.filename, {
  options: {
    rows: { type: "string", default: "10000" },
    file: { type: "string" },
    threads: { type: "string", default: "1,2" },
    repeats: { type: "string", default: "3" },
    models: { type: "string", default: "boosted-trees,random-forest,extra-trees,network" },
    peers: { type: "string" },
    json: { type: "boolean", default: false },
  },
});
const repeats = wholeNumber("repeats", values.repeats);
const threadCounts = values.threads.split(",").map((text) => wholeNumber("threads", text));

interface Model {
  readonly peer: string;
  /** What the peer is told besides the number of threads. */
  readonly order: Readonly<Record<string, number>>;
  /** What is done to the rows before the time starts, on both sides. */
  prepare?(samples: Samples): Promise<Samples>;
  fit(samples: Samples, options: FitOptions): Promise<unknown>;
}

interface Row {
  readonly model: string;
  readonly peer: string;
  readonly threads: number;
  readonly ours: Timing;
  readonly theirs?: Timing;
}

const models: Readonly<Record<string, Model>> = {
  "boosted-trees": {
    peer: "LightGBM",
    order: { rounds: 300, leaves: 8, bins: 255 },
    fit: (samples, options) =>
      fitBoostedTrees(
        samples,
        none(samples),
        {
          rounds: 300,
          learningRate: 0.05,
          leaves: 8,
          bins: 255,
          l2: 0,
          minLeafRows: 20,
          minLeafHessian: 1e-3,
          columnShare: 1,
          rowShare: 1,
          patience: 300,
        },
        options,
      ),
  },
  "random-forest": {
    peer: "scikit-learn",
    order: { trees: 200 },
    fit: (samples, options) =>
      fitForest(
        samples,
        none(samples),
        { trees: 200, columnShare: 0.3, minLeafRows: 1, maxDepth: 1_000, bootstrap: true, split: "best" },
        options,
      ),
  },
  "extra-trees": {
    peer: "scikit-learn",
    order: { trees: 200 },
    fit: (samples, options) =>
      fitForest(
        samples,
        none(samples),
        { trees: 200, columnShare: 0.5, minLeafRows: 1, maxDepth: 1_000, bootstrap: false, split: "random" },
        options,
      ),
  },
  network: {
    peer: "PyTorch",
    order: { epochs: 100, batch: 256 },
    async prepare(samples) {
      const rows = Int32Array.from({ length: samples.rowCount }, (_, row) => row);
      const preparation = await fitPreparation(samples, rows, {
        imputer: "median",
        scaler: "standard",
        missingIndicators: false,
      });
      return {
        ...samples,
        columnCount: preparation.outputColumns,
        values: await preparation.apply(samples, rows),
      };
    },
    async fit(prepared, options) {
      const settings = OriginMlpSettings.parse({ learner: "origin-mlp", epochs: 100, batchSize: 256, patience: 100 });
      await originMlp.fit(prepared, none(prepared), settings, options);
    },
  },
};

const chosen = values.models.split(",").map((name) => {
  const model = models[name];
  if (!model) throw new RangeError(`--models knows ${Object.keys(models).join(", ")}, not ${name}`);
  return { name, model };
});

const folder = await mkdtemp(join(tmpdir(), "systemhealer-bench-"));
try {
  const file = values.file ?? (await writeSimulatedFile(join(folder, "train.csv"), wholeNumber("rows", values.rows)));
  const samples = await readSamples(file);
  const peers = values.peers ? openPeers(values.peers, file) : undefined;
  const rows: Row[] = [];
  try {
    for (const threads of threadCounts) {
      for (const { name, model } of chosen) {
        const prepared = (await model.prepare?.(samples)) ?? samples;
        const ours: Timing[] = [];
        const theirs: Timing[] = [];
        for (let repeat = 0; repeat < repeats; repeat++) {
          process.stderr.write(`${name}, ${threads} thread(s), ${repeat + 1} of ${repeats} …\n`);
          ours.push(await timed(() => model.fit(prepared, { seed: repeat, threads })));
          const timing = await peers?.fit({ model: name, threads, ...model.order });
          if (timing) theirs.push(timing);
        }
        const beside = theirs.length > 0 ? { theirs: medianTiming(theirs) } : {};
        rows.push({ model: name, peer: model.peer, threads, ours: medianTiming(ours), ...beside });
      }
    }
  } finally {
    peers?.close();
  }
  const machine = `${availableParallelism()} cores of ${cpus()[0]?.model ?? "?"}, Node ${process.version}`;
  const { rowCount, columnCount, classCount } = samples;
  const result = { simulated: !values.file, rowCount, columnCount, classCount, repeats, machine, rows };
  process.stdout.write(values.json ? `${JSON.stringify(result)}\n` : table(result));
} finally {
  await rm(folder, { recursive: true, force: true });
}

async function readSamples(file: string): Promise<Samples> {
  const { featureNames, rowCount, values: cells, labels, classes } = await readTable(createReadStream(file), {});
  if (!labels || !classes) throw new TypeError(`${file} has no labels`);
  return {
    rowCount,
    columnCount: featureNames.length,
    classCount: classes.length,
    values: cells,
    labels,
    weights: new Float32Array(rowCount).fill(1),
  };
}

/** Neither side validates. */
function none(samples: Samples): Samples {
  return {
    ...samples,
    rowCount: 0,
    values: samples.values.subarray(0, 0),
    labels: samples.labels.subarray(0, 0),
    weights: samples.weights.subarray(0, 0),
  };
}

function table(result: {
  readonly simulated: boolean;
  readonly rowCount: number;
  readonly columnCount: number;
  readonly classCount: number;
  readonly repeats: number;
  readonly machine: string;
  readonly rows: readonly Row[];
}): string {
  const number = (value: number | undefined) => (value === undefined ? "–" : value.toFixed(2));
  const ratio = (mine: number, other: number | undefined) => (other === undefined ? "–" : (mine / other).toFixed(2));
  const source = result.simulated ? "simulated rows" : "rows";
  return [
    `${result.rowCount} ${source} × ${result.columnCount} columns × ${result.classCount} classes; medians of ${result.repeats}; ${result.machine}`,
    "",
    "| model | threads | seconds | peer | its seconds | ratio | CPU seconds | its CPU seconds | ratio of CPU |",
    "|---|---|---|---|---|---|---|---|---|",
    ...result.rows.map(
      ({ model, threads, ours, peer, theirs }) =>
        `| ${model} | ${threads} | ${number(ours.seconds)} | ${peer} | ${number(theirs?.seconds)} | ${ratio(ours.seconds, theirs?.seconds)} | ${number(ours.cpuSeconds)} | ${number(theirs?.cpuSeconds)} | ${ratio(ours.cpuSeconds, theirs?.cpuSeconds)} |`,
    ),
    "",
  ].join("\n");
}
