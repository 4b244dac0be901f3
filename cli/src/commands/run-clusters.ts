import { type ClusterMethod, clusterMethods, mostClusters } from "@systemhealer/contract/clusters";
import type { RunView } from "@systemhealer/contract/run";
import { type Command, Option } from "commander";
import { connect } from "../api/connect.ts";
import { watchRun } from "../api/watch.ts";
import { addCommand, type Cli, wholeNumber } from "../cli.ts";
import { addClusterName } from "../cluster-names.ts";

interface ClusterOptions {
  readonly method: ClusterMethod;
  readonly clusters?: number;
  readonly name?: string;
  readonly watch?: true;
}

interface LabelOptions {
  readonly name: ReadonlyMap<number, string>;
  readonly unnamed: "omit" | "keep";
}

/** Clusters on an installation, and names for them. @param show prints a run */
export function addRunClusters(runs: Command, cli: Cli, show: (run: RunView) => void): void {
  const { output, signal } = cli;
  const method = new Option("--method <method>", output.text("option-cluster-method")).choices(clusterMethods);
  addCommand(runs, cli, "cluster <dataset-id>", "command-runs-cluster")
    .addOption(method.default("gaussian-mixture" satisfies ClusterMethod))
    .option("--clusters <n>", output.text("option-clusters"), wholeNumber("--clusters", 1))
    .option("--name <name>", output.text("option-name"))
    .option("--watch", output.text("option-watch"))
    .action(async (datasetId: string, options: ClusterOptions) => {
      const { client } = await connect(output.language);
      const { method, name } = options;
      const clusters = options.clusters === undefined ? {} : { clusters: Math.min(options.clusters, mostClusters + 1) };
      const body = { datasetId, method, ...clusters, ...(name && { name }) };
      const run = await client.call("createClusteringRun", { body }, { signal });
      show(options.watch ? await watchRun(cli, client, run) : run);
    });

  const unnamed = new Option("--unnamed <omit|keep>", output.text("option-unnamed")).choices(["omit", "keep"]);
  addCommand(runs, cli, "label <run-id>", "command-runs-label")
    .requiredOption("--name <cluster=class>", output.text("option-cluster-name"), addClusterName)
    .addOption(unnamed.default("omit"))
    .action(async (runId: string, options: LabelOptions) => {
      const { client } = await connect(output.language);
      const names = Object.fromEntries([...options.name].map(([cluster, name]) => [String(cluster), name]));
      const body = { names, unnamed: options.unnamed };
      const dataset = await client.call("labelClusters", { runId, body }, { signal });
      output.result(dataset, [output.text("dataset-state", { id: dataset.datasetId, status: dataset.status })]);
    });
}
