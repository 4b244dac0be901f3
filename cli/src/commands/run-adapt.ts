import type { RunView } from "@systemhealer/contract/run";
import type { Command } from "commander";
import { connect } from "../api/connect.ts";
import { watchRun } from "../api/watch.ts";
import { addCommand, type Cli, wholeNumber } from "../cli.ts";

interface Options {
  readonly labelled?: string;
  readonly seed?: number;
  readonly name?: string;
  readonly watch?: true;
}

/** Adapts a model on an installation. @param show prints a run */
export function addRunAdapt(runs: Command, cli: Cli, show: (run: RunView) => void): void {
  const { output, signal } = cli;
  addCommand(runs, cli, "adapt <model-id> <dataset-id>", "command-runs-adapt")
    .option("--labelled <dataset-id>", output.text("option-labelled-dataset"))
    .option("--seed <n>", output.text("option-seed"), wholeNumber("--seed", 0))
    .option("--name <name>", output.text("option-name"))
    .option("--watch", output.text("option-watch"))
    .action(async (modelId: string, datasetId: string, options: Options) => {
      const { client } = await connect(output.language);
      const { labelled, seed, name } = options;
      const body = {
        modelId,
        datasetId,
        ...(labelled && { labelledDatasetId: labelled }),
        ...(seed !== undefined && { settings: { seed } }),
        ...(name && { name }),
      };
      const run = await client.call("createAdaptationRun", { body }, { signal });
      show(options.watch ? await watchRun(cli, client, run) : run);
    });
}
