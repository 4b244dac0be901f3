import {
  type DatasetPurpose,
  type DatasetStatus,
  type DatasetView,
  datasetStatuses,
} from "@systemhealer/contract/dataset";
import { findingMessage } from "@systemhealer/contract/messages/message";
import { visible } from "@systemhealer/contract/visible";
import { type Command, Option } from "commander";
import { connect } from "../api/connect.ts";
import { tellDatasetWarnings } from "../api/dataset-warnings.ts";
import { addCommand, type Cli, wholeNumber } from "../cli.ts";
import { formatTable } from "../terminal/table.ts";
import { formatBytes, formatCount } from "../terminal/units.ts";

interface ListOptions {
  readonly status?: DatasetStatus;
  readonly purpose?: DatasetPurpose;
  readonly limit: number;
  readonly cursor?: string;
}

export function addDatasets(program: Command, cli: Cli): void {
  const { output, signal } = cli;
  const datasets = addCommand(program, cli, "datasets", "command-datasets");

  addCommand(datasets, cli, "list", "command-datasets-list")
    .addOption(new Option("--status <status>", output.text("option-status")).choices(datasetStatuses))
    .addOption(new Option("--purpose <purpose>", output.text("option-purpose")).choices(["training", "diagnosis"]))
    .option("--limit <n>", output.text("option-limit"), wholeNumber("--limit", 1), 25)
    .option("--cursor <cursor>", output.text("option-cursor"))
    .action(async (options: ListOptions) => {
      const { client } = await connect(output.language);
      const page = await client.call("listDatasets", { query: { ...options } }, { signal });
      const header = (["id", "status", "purpose", "name", "size", "rows", "created"] as const).map((name) =>
        output.text(`column-${name}`),
      );
      const rows = page.items.map((dataset) => [
        dataset.datasetId,
        dataset.status,
        dataset.purpose,
        dataset.name,
        formatBytes(dataset.sizeBytes),
        dataset.status === "ready" ? formatCount(dataset.rows) : "",
        dataset.createdAt,
      ]);
      const more = page.nextCursor ? [output.text("more", { cursor: page.nextCursor })] : [];
      output.result(page, [formatTable(header, rows), ...more]);
    });

  addCommand(datasets, cli, "get <dataset-id>", "command-datasets-get").action(async (datasetId: string) => {
    const { client } = await connect(output.language);
    const dataset = await client.call("getDataset", { datasetId }, { signal });
    await tellDatasetWarnings(cli, client, dataset);
    output.result(dataset, describe(dataset));
  });

  addCommand(datasets, cli, "report <dataset-id>", "command-datasets-report").action(async (datasetId: string) => {
    const { client } = await connect(output.language);
    const report = await client.call("getDatasetReport", { datasetId }, { signal });
    const lines = report.findings.map((finding) => `- ${visible(findingMessage(finding, output.language))}`);
    if (report.omittedFindings > 0) lines.push(output.text("findings-omitted", { count: report.omittedFindings }));
    output.result(report, lines);
  });

  addCommand(datasets, cli, "delete <dataset-id>", "command-datasets-delete").action(async (datasetId: string) => {
    const { client } = await connect(output.language);
    await client.call("deleteDataset", { datasetId }, { signal });
    output.result({ deleted: datasetId }, [output.text("deleted", { id: datasetId })]);
  });
}

function describe(dataset: DatasetView): string[] {
  const head = `${dataset.datasetId}  ${dataset.status}  ${dataset.purpose}  ${visible(dataset.name)}`;
  if (dataset.status !== "ready") return [head];
  const classes = dataset.classes.map(({ name, rows }) => `${visible(name)}: ${formatCount(rows)}`).join(", ");
  const size = `${formatBytes(dataset.sizeBytes)}, ${formatCount(dataset.rows)} × ${dataset.featureCount}`;
  return [head, size, ...(classes ? [classes] : []), `SHA-256 ${dataset.sha256}`];
}
