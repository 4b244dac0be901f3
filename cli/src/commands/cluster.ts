import { assignmentsCsv } from "@systemhealer/ml/cluster/assignments-csv";
import { type Clustering, clusterRows } from "@systemhealer/ml/cluster/cluster-rows";
import { type ClusterMethod, clusterMethods } from "@systemhealer/ml/cluster/clusterer";
import { readTable } from "@systemhealer/ml/table/read-table";
import { type Command, Option } from "commander";
import { addCommand, type Cli, decimal, wholeNumber } from "../cli.ts";
import { openInput } from "../files/input-file.ts";
import { checkOutputs, leaveStandardOutputTo, withOutput, writeOutput } from "../files/output-file.ts";
import { profileFile, underName } from "../files/read-table-file.ts";
import { clusterKpi } from "../terminal/cluster-kpi.ts";
import { groupLines } from "../terminal/group-lines.ts";
import { formatTable } from "../terminal/table.ts";
import { formatCount, formatSeconds, formatShare } from "../terminal/units.ts";

interface Options {
  readonly out: string;
  readonly description?: string;
  readonly method: ClusterMethod;
  readonly clusters?: number;
  readonly kpiCorrelation?: number;
  readonly seed: number;
  readonly labelColumn?: string;
}

const shownKpis = 4;

export function addCluster(program: Command, cli: Cli): void {
  const { output } = cli;
  const method = new Option("--method <method>", output.text("option-cluster-method"))
    .choices(clusterMethods)
    .default("gaussian-mixture" satisfies ClusterMethod);
  addCommand(program, cli, "cluster <file>", "command-cluster")
    .requiredOption("--out <clusters.csv>", output.text("option-clusters-out"))
    .option("--description <clusters.json>", output.text("option-cluster-description"))
    .addOption(method)
    .option("--clusters <n>", output.text("option-clusters"), wholeNumber("--clusters", 1))
    .option("--kpi-correlation <x>", output.text("option-kpi-correlation"), decimal("--kpi-correlation", 0.05, 1))
    .option("--seed <n>", output.text("option-seed"), wholeNumber("--seed", 0), 0)
    .option("--label-column <name>", output.text("option-label-column-ignored"))
    .action((path: string, options: Options) => cluster(cli, path, options));
}

async function cluster(cli: Cli, path: string, options: Options): Promise<void> {
  const { output, signal } = cli;
  const started = performance.now();
  const outputs = [options.out, options.description];
  leaveStandardOutputTo(outputs, output);
  await checkOutputs(outputs, [path]);
  const file = await openInput(path);
  const naming = options.labelColumn === undefined ? {} : { labelColumn: options.labelColumn };
  await profileFile(cli, file, { purpose: "diagnosis", ...naming });
  const table = await underName(file, () =>
    readTable(file.read(signal), { labels: "ignored", keepNodes: true, ...naming, signal }),
  );
  const { assignments, ...found } = await clusterRows(table, {
    method: options.method,
    clusters: options.clusters,
    kpiCorrelation: options.kpiCorrelation,
    seed: options.seed,
    signal,
    onProgress: (fraction) => output.progress.show(output.text("stage-clustering"), fraction),
  });
  await withOutput(options.out, async ({ write }) => {
    for (const lines of assignmentsCsv(assignments)) await write(lines);
  });
  const description = { schema: "clusters.v1", rows: table.rowCount, ...found };
  if (options.description) await writeOutput(options.description, `${JSON.stringify(description, null, 2)}\n`);
  const seconds = (performance.now() - started) / 1_000;
  output.result({ ...description, out: options.out, seconds }, [
    clusterTable(cli, found),
    ...groupLines(output, found),
    "",
    output.text(found.noiseRows > 0 ? "cluster-done-noise" : "cluster-done", {
      clusters: found.clusters.length,
      rows: formatCount(table.rowCount),
      noise: formatCount(found.noiseRows),
      seconds: formatSeconds(seconds),
    }),
    output.text("cluster-next", { file: path, clusters: options.out }),
  ]);
}

function clusterTable({ output }: Cli, { clusters }: Pick<Clustering, "clusters">): string {
  const header = (["cluster", "rows", "share", "kpis", "examples"] as const).map((name) =>
    output.text(`column-${name}`),
  );
  const rows = clusters.map(({ rows, share, kpis, exemplars }, cluster) => [
    cluster,
    rows,
    formatShare(share),
    kpis.slice(0, shownKpis).map(clusterKpi).join(", "),
    exemplars.slice(0, 3).join(", "),
  ]);
  return formatTable(header, rows);
}
