import type { Client } from "@systemhealer/contract/client";
import type { DatasetView } from "@systemhealer/contract/dataset";
import { failureMessage } from "@systemhealer/contract/messages/message";
import { pause } from "@systemhealer/contract/pause";
import type { Progress, RunView } from "@systemhealer/contract/run";
import type { Cli } from "../cli.ts";
import { CliError, UnusableFileError } from "../cli-error.ts";
import { exitCode } from "../exit-code.ts";
import type { Output } from "../output.ts";
import { searchDetail } from "../terminal/search-detail.ts";
import { formatCount, formatScore } from "../terminal/units.ts";

const pollMilliseconds = 700;

/**
 * Waits until a data set is ready.
 * @throws UnusableFileError with the validation report where it is rejected
 */
export async function waitForDataset(
  cli: Cli,
  client: Client,
  first: DatasetView,
  fileName: string,
): Promise<DatasetView> {
  const { output, signal } = cli;
  let dataset = first;
  const { datasetId } = first;
  while (dataset.status === "uploading" || dataset.status === "validating") {
    const rows = dataset.status === "validating" ? formatCount(dataset.rowsRead) : "0";
    output.progress.show(output.text("stage-validating"), undefined, output.text("rows-read", { rows }));
    await pause(pollMilliseconds, signal);
    dataset = await client.call("getDataset", { datasetId }, { signal });
  }
  output.progress.clear();
  if (dataset.status === "rejected") {
    const report = await client.call("getDatasetReport", { datasetId }, { signal });
    throw new UnusableFileError(fileName, report.findings, report.omittedFindings);
  }
  return dataset;
}

/**
 * Shows a run until it ends.
 * @throws CliError where it fails or is cancelled
 */
export async function watchRun(cli: Cli, client: Client, first: RunView): Promise<RunView> {
  const { output, signal } = cli;
  let run = first;
  while (run.status === "queued" || run.status === "running") {
    if (run.status === "running") {
      const { stage, fraction } = run.progress;
      output.progress.show(output.text(`stage-${stage}`), fraction, detailOf(output, run.progress));
    } else output.progress.show(output.text("stage-queued"), undefined);
    await pause(pollMilliseconds, signal);
    run = await client.call("getRun", { runId: run.runId }, { signal });
  }
  output.progress.clear();
  return expectSuccess(cli, run);
}

function detailOf(output: Output, { epoch, curve, search, standings }: Progress): string {
  if (search) return searchDetail(output, search, standings ?? []);
  const last = curve.at(-1);
  if (epoch === undefined || !last) return "";
  return output.text("training-epoch", { epoch, macroF1: formatScore(last.validationMacroF1) });
}

function expectSuccess(cli: Cli, run: RunView): RunView {
  if (run.status === "failed") {
    const reason = failureMessage(run.failure, cli.output.language);
    throw new CliError(exitCode.runFailed, "run-failed", { id: run.runId, reason });
  }
  if (run.status === "cancelled") throw new CliError(exitCode.runFailed, "run-cancelled", { id: run.runId });
  return run;
}
