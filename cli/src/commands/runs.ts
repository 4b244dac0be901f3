import { leastAnomalyThreshold, mostAnomalyThreshold } from "@systemhealer/contract/anomalies";
import { failureMessage, type Language, message } from "@systemhealer/contract/messages/message";
import { endStateOf } from "@systemhealer/contract/recovery";
import { RunKind, type RunStatus, type RunView, runStatuses } from "@systemhealer/contract/run";
import { visible } from "@systemhealer/contract/visible";
import { type Command, Option } from "commander";
import { verdictLine } from "../adaptation/adaptation-lines.ts";
import { connect } from "../api/connect.ts";
import { watchRun } from "../api/watch.ts";
import { addCommand, type Cli, decimal, wholeNumber } from "../cli.ts";
import type { Output } from "../output.ts";
import { formatTable } from "../terminal/table.ts";
import { formatCount, formatScore, formatShare } from "../terminal/units.ts";
import { addTrainingFlags, readTrainingSettings } from "../training-flags.ts";
import { addRunAdapt } from "./run-adapt.ts";
import { addRunClusters } from "./run-clusters.ts";

interface ListOptions {
  readonly status?: RunStatus;
  readonly kind?: RunKind;
  readonly search?: string;
  readonly limit: number;
  readonly cursor?: string;
}

interface TrainOptions {
  readonly name?: string;
  readonly force?: true;
  readonly watch?: true;
}

export function addRuns(program: Command, cli: Cli): void {
  const { output, signal } = cli;
  const runs = addCommand(program, cli, "runs", "command-runs");

  addCommand(runs, cli, "list", "command-runs-list")
    .addOption(new Option("--status <status>", output.text("option-status")).choices(runStatuses))
    .addOption(new Option("--kind <kind>", output.text("option-kind")).choices(RunKind.options))
    .option("--search <text>", output.text("option-search"))
    .option("--limit <n>", output.text("option-limit"), wholeNumber("--limit", 1), 25)
    .option("--cursor <cursor>", output.text("option-cursor"))
    .action(async (options: ListOptions) => {
      const { client } = await connect(output.language);
      const page = await client.call("listRuns", { query: { ...options } }, { signal });
      const header = (["id", "kind", "status", "name", "created", "result"] as const).map((name) =>
        output.text(`column-${name}`),
      );
      const rows = page.items.map((run) => [
        run.runId,
        run.kind,
        run.status,
        run.name,
        run.createdAt,
        brief(run, output.language),
      ]);
      const more = page.nextCursor ? [output.text("more", { cursor: page.nextCursor })] : [];
      output.result(page, [formatTable(header, rows), ...more]);
    });

  addCommand(runs, cli, "get <run-id>", "command-runs-get").action(async (runId: string) => {
    const { client } = await connect(output.language);
    show(cli, await client.call("getRun", { runId }, { signal }));
  });

  const train = addCommand(runs, cli, "train <dataset-id>", "command-runs-train")
    .option("--name <name>", output.text("option-name"))
    .option("--force", output.text("option-force-training"))
    .option("--watch", output.text("option-watch"));
  addTrainingFlags(train, cli);
  train.action(async (datasetId: string, options: TrainOptions) => {
    const settings = readTrainingSettings(train.opts(), output.language);
    const { client } = await connect(output.language);
    const body = {
      datasetId,
      settings,
      ...(options.name && { name: options.name }),
      ...(options.force && { force: true }),
    };
    const run = await client.call("createTrainingRun", { body }, { signal });
    show(cli, options.watch ? await watchRun(cli, client, run) : run);
  });

  const anomalyThreshold = decimal("--anomaly-threshold", leastAnomalyThreshold, mostAnomalyThreshold);
  addCommand(runs, cli, "diagnose <dataset-id>", "command-runs-diagnose")
    .option("--model <model-id>", output.text("option-model"))
    .option("--name <name>", output.text("option-name"))
    .option("--explain", output.text("option-explain-run"))
    .option("--anomaly-threshold <z>", output.text("option-threshold"), anomalyThreshold)
    .option("--verifies <run-id>", output.text("option-verifies"))
    .option("--normal-class <name>", output.text("option-normal-class-of-model"))
    .option("--watch", output.text("option-watch"))
    .action(
      async (
        datasetId: string,
        options: {
          readonly model?: string;
          readonly name?: string;
          readonly explain?: true;
          readonly anomalyThreshold?: number;
          readonly verifies?: string;
          readonly normalClass?: string;
          readonly watch?: true;
        },
      ) => {
        const { client } = await connect(output.language);
        const { model, name, explain, anomalyThreshold, verifies, normalClass } = options;
        const body = {
          datasetId,
          ...(model && { modelId: model }),
          ...(name && { name }),
          ...(explain && { explain }),
          ...(anomalyThreshold !== undefined && { anomalyThreshold }),
          ...(verifies && { verifies }),
          ...(normalClass !== undefined && { normalClass }),
        };
        const run = await client.call("createDiagnosisRun", { body }, { signal });
        show(cli, options.watch ? await watchRun(cli, client, run) : run);
      },
    );

  addRunAdapt(runs, cli, (run) => show(cli, run));
  addRunClusters(runs, cli, (run) => show(cli, run));

  addCommand(runs, cli, "cancel <run-id>", "command-runs-cancel").action(async (runId: string) => {
    const { client } = await connect(output.language);
    show(cli, await client.call("cancelRun", { runId }, { signal }));
  });

  addCommand(runs, cli, "retry <run-id>", "command-runs-retry")
    .option("--watch", output.text("option-watch"))
    .action(async (runId: string, options: { readonly watch?: true }) => {
      const { client } = await connect(output.language);
      const run = await client.call("retryRun", { runId }, { signal });
      show(cli, options.watch ? await watchRun(cli, client, run) : run);
    });

  addCommand(runs, cli, "delete <run-id>", "command-runs-delete").action(async (runId: string) => {
    const { client } = await connect(output.language);
    await client.call("deleteRun", { runId }, { signal });
    output.result({ deleted: runId }, [output.text("deleted", { id: runId })]);
  });

  addCommand(runs, cli, "watch <run-id>", "command-runs-watch").action(async (runId: string) => {
    const { client } = await connect(output.language);
    show(cli, await watchRun(cli, client, await client.call("getRun", { runId }, { signal })));
  });
}

function show({ output }: Cli, run: RunView): void {
  const lines = [`${run.runId}  ${run.kind}  ${run.status}  ${visible(run.name)}`];
  const summary = brief(run, output.language);
  if (summary !== "") lines.push(summary);
  if (run.kind === "adaptation" && run.status === "succeeded") lines.push(verdictLine(output, run.result));
  if (run.kind === "diagnosis" && run.status === "succeeded") lines.push(...endStateLines(output, run));
  output.result(run, lines);
}

/** Whether the system is back to normal: as this run has found, and as was found of what this run had diagnosed. */
function endStateLines(
  output: Output,
  { result, recovery }: Extract<RunView, { kind: "diagnosis"; status: "succeeded" }>,
): string[] {
  if (result.recovery) return [message(`recovery-${result.recovery}`, {}, output.language)];
  const state = endStateOf({ ...result, recovery });
  if (state === undefined) return [];
  return [output.text(`end-state-${state}`, recovery ? { run: recovery.runId, at: recovery.at } : {})];
}

function brief(run: RunView, language: Language): string {
  if (run.status === "running") return `${run.progress.stage} ${formatShare(run.progress.fraction)}`;
  if (run.status === "failed") return visible(failureMessage(run.failure, language));
  if (run.status !== "succeeded") return "";
  if (run.kind === "diagnosis") {
    const classes = run.result.classes.map(({ name, rows }) => `${visible(name)}: ${formatCount(rows)}`);
    return `${formatCount(run.result.rows)} (${classes.join(", ")})`;
  }
  if (run.kind === "adaptation") {
    const { modelId, verdict, rows, expectedAccuracy } = run.result;
    const expected = expectedAccuracy ? `, ${formatShare(expectedAccuracy.value)}` : "";
    return `${modelId}  ${verdict}${expected} (${formatCount(rows)})`;
  }
  if (run.kind === "clustering") return `${run.result.clusters} / ${formatCount(run.result.rows)}`;
  return `${run.result.modelId}  macro-F1 ${formatScore(run.result.macroF1)}`;
}
