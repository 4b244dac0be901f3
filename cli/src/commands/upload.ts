import { basename } from "node:path";
import { ApiError } from "@systemhealer/contract/client";
import type { DatasetPurpose, DatasetView } from "@systemhealer/contract/dataset";
import { resumeUpload, type UploadOptions, type UploadProgress, uploadDataset } from "@systemhealer/contract/upload";
import { type Command, Option } from "commander";
import { type Connection, connect } from "../api/connect.ts";
import { tellDatasetWarnings } from "../api/dataset-warnings.ts";
import { forgetUpload, recallUpload, rememberUpload, type UploadMark } from "../api/upload-memory.ts";
import { waitForDataset } from "../api/watch.ts";
import { addCommand, type Cli } from "../cli.ts";
import { type FileSource, withByteSource } from "../files/byte-source.ts";
import { formatBytes, formatCount, formatSeconds } from "../terminal/units.ts";

interface Options {
  readonly purpose: DatasetPurpose;
  readonly name?: string;
  readonly labelColumn?: string;
  readonly like?: string;
  readonly resume?: string;
  readonly wait: boolean;
}

export function addUpload(program: Command, cli: Cli): void {
  const { output } = cli;
  addCommand(program, cli, "upload <file>", "command-upload")
    .addOption(
      new Option("--purpose <purpose>", output.text("option-purpose"))
        .choices(["training", "diagnosis"])
        .makeOptionMandatory(),
    )
    .option("--name <name>", output.text("option-name"))
    .option("--label-column <name>", output.text("option-label-column"))
    .option("--like <dataset-id>", output.text("option-like"))
    .option("--resume <dataset-id>", output.text("option-resume"))
    .option("--no-wait", output.text("option-no-wait"))
    .action((path: string, options: Options) => upload(cli, path, options));
}

async function upload(cli: Cli, path: string, options: Options): Promise<void> {
  const { output } = cli;
  const connection = await connect(output.language);
  const started = performance.now();
  let dataset = await withByteSource(path, (source) => send(cli, connection, source, options));
  const seconds = (performance.now() - started) / 1_000;
  output.note("upload-sent", {
    size: formatBytes(dataset.sizeBytes),
    seconds: formatSeconds(seconds),
    rate: formatBytes(dataset.sizeBytes / Math.max(0.001, seconds)),
    id: dataset.datasetId,
  });
  if (options.wait) dataset = await waitForDataset(cli, connection.client, dataset, path);
  await tellDatasetWarnings(cli, connection.client, dataset);
  const lines =
    dataset.status === "ready"
      ? [output.text("dataset-ready", { id: dataset.datasetId, rows: formatCount(dataset.rows) })]
      : [output.text("dataset-state", { id: dataset.datasetId, status: dataset.status })];
  output.result({ dataset, seconds }, lines);
}

/** Sends the file; an upload of the same file that was interrupted goes on. */
async function send(cli: Cli, connection: Connection, source: FileSource, options: Options): Promise<DatasetView> {
  const { client, session } = connection;
  const { path, size: sizeBytes, modifiedAt } = source;
  const { purpose } = options;
  const mark: UploadMark = { apiUrl: session.apiUrl, path, sizeBytes, modifiedAt, purpose };
  const uploadOptions: UploadOptions = {
    signal: cli.signal,
    onProgress: progressShower(cli),
    onCreated: (datasetId) => rememberUpload(mark, datasetId),
  };

  const known = options.resume ?? (await recallUpload(mark));
  if (known) {
    try {
      const resumed = await resumeUpload(client, known, source, uploadOptions);
      await forgetUpload(mark);
      return resumed;
    } catch (error) {
      const gone = error instanceof ApiError && [404, 409].includes(error.problem.status);
      if (options.resume || !gone) throw error;
      await forgetUpload(mark);
    }
  }
  const order = {
    fileName: basename(path),
    purpose,
    ...(options.name && { name: options.name }),
    ...(options.labelColumn && { labelColumn: options.labelColumn }),
    ...(options.like && { likeDatasetId: options.like }),
  };
  const sent = await uploadDataset(client, source, order, uploadOptions);
  await forgetUpload(mark);
  return sent;
}

function progressShower({ output }: Cli): (progress: UploadProgress) => void {
  const started = performance.now();
  return ({ arrivedBytes, keptBytes, totalBytes }) => {
    const seconds = Math.max(0.001, (performance.now() - started) / 1_000);
    const rate = (arrivedBytes - keptBytes) / seconds;
    const fraction = totalBytes > 0 ? arrivedBytes / totalBytes : 1;
    const detail = `${formatBytes(arrivedBytes)} / ${formatBytes(totalBytes)}  ${formatBytes(rate)}/s`;
    output.progress.show(output.text("stage-uploading"), fraction, detail);
  };
}
