/**
 * Agreement of clusters with labels that the clustering never sees, on labelled files (by default one that is
 * SIMULATED): adjusted Rand index and adjusted mutual information, with the number of clusters found by itself and with
 * it given. scikit-learn's same algorithms beside it where a Python that has them is given.
 *
 *     npm run bench:cluster -- [--files a.csv,b.csv] [--label-column label] [--rows 3000] [--peers PYTHON] [--json]
 */
import { execFile } from "node:child_process";
import { createReadStream } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { availableParallelism, cpus, tmpdir } from "node:os";
import { basename, join, resolve } from "node:path";
import { promisify } from "node:util";
import { clusterRows } from "@systemhealer/ml/cluster/cluster-rows";
import { clusterMethods } from "@systemhealer/ml/cluster/clusterer";
import { adjustedMutualInformation } from "@systemhealer/ml/metrics/adjusted-mutual-information";
import { adjustedRand } from "@systemhealer/ml/metrics/adjusted-rand";
import { readTable } from "@systemhealer/ml/table/read-table";
import { readOptions } from "./options.ts";
import { writeSimulatedFile } from "./train/simulated-file.ts";

const { values } = readOptions(import.meta.filename, {
  options: {
    files: { type: "string" },
    "label-column": { type: "string", default: "label" },
    rows: { type: "string", default: "3000" },
    peers: { type: "string" },
    json: { type: "boolean", default: false },
  },
});
const labelColumn = values["label-column"];

interface Found {
  readonly method: string;
  /** Whether the number of clusters was that of the classes. */
  readonly given: boolean;
  readonly clusters: number;
  readonly noise: number;
  readonly adjustedRand: number;
  readonly adjustedMutualInformation: number;
  readonly seconds: number;
}

interface Row {
  readonly file: string;
  readonly classes: number;
  readonly ours: Found;
  readonly theirs?: Found;
}

const folder = await mkdtemp(join(tmpdir(), "systemhealer-bench-"));
try {
  const files = values.files?.split(",") ?? [
    await writeSimulatedFile(join(folder, "simulated.csv"), Number(values.rows)),
  ];
  const rows: Row[] = [];
  for (const file of files) rows.push(...(await compare(file)));
  const machine = `${availableParallelism()} cores of ${cpus()[0]?.model ?? "?"}, Node ${process.version}`;
  process.stdout.write(values.json ? `${JSON.stringify({ machine, rows })}\n` : table(rows, machine));
} finally {
  await rm(folder, { recursive: true, force: true });
}

async function compare(file: string): Promise<Row[]> {
  const { labels, classes, ...unlabelled } = await readTable(createReadStream(file), { labelColumn });
  if (!labels || !classes) throw new TypeError(`${file} has no labels`);
  const peers = values.peers ? await askPeers(values.peers, file) : [];
  const rows: Row[] = [];
  for (const method of clusterMethods) {
    for (const given of [false, true]) {
      process.stderr.write(`${basename(file)}, ${method}${given ? ", number given" : ""} …\n`);
      const started = performance.now();
      const clusters = given ? classes.length : undefined;
      const found = await clusterRows(unlabelled, { method, clusters, seed: 0 });
      const ours: Found = {
        method,
        given,
        clusters: found.clusters.length,
        noise: found.noiseRows,
        adjustedRand: adjustedRand(labels, found.assignments),
        adjustedMutualInformation: adjustedMutualInformation(labels, found.assignments),
        seconds: (performance.now() - started) / 1_000,
      };
      const theirs = peers.find((peer) => peer.method === method && peer.given === given);
      rows.push({ file: basename(file), classes: classes.length, ours, ...(theirs && { theirs }) });
    }
  }
  return rows;
}

async function askPeers(python: string, file: string): Promise<Found[]> {
  const options = { env: { ...process.env, OMP_WAIT_POLICY: "passive" }, timeout: 20 * 60 * 1_000 };
  const { stdout } = await promisify(execFile)(python, [resolve("bench/peers/cluster.py"), file, labelColumn], options);
  return stdout
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line) as Found);
}

function table(rows: readonly Row[], machine: string): string {
  const cells = (found: Found | undefined) =>
    found
      ? [
          found.clusters,
          found.noise,
          found.adjustedRand.toFixed(3),
          found.adjustedMutualInformation.toFixed(3),
          found.seconds.toFixed(1),
        ]
      : ["–", "–", "–", "–", "–"];
  const lines = rows.map(({ file, classes, ours, theirs }) =>
    [file, ours.method, ours.given ? `${classes}, given` : "found", ...cells(ours), ...cells(theirs)].join(" | "),
  );
  return [
    machine,
    "",
    "| file | method | number | clusters | rows in none | ARI | AMI | seconds | scikit-learn: clusters | rows in none | ARI | AMI | seconds |",
    "|---|---|---|---|---|---|---|---|---|---|---|---|---|",
    ...lines.map((line) => `| ${line} |`),
    "",
  ].join("\n");
}
