import { visible } from "@systemhealer/contract/visible";
import { anomaliesHeader, anomalyLine } from "@systemhealer/ml/anomaly/anomalies-csv";
import { defaultThreshold, leastThreshold, mostThreshold } from "@systemhealer/ml/anomaly/baseline";
import {
  BaselineError,
  type DetectedRow,
  type Detection,
  detectRows,
  type NormalState,
  normalStateOf,
} from "@systemhealer/ml/anomaly/detect-rows";
import { readModelCard } from "@systemhealer/ml/diagnose/read-model-card";
import { readModelReference } from "@systemhealer/ml/diagnose/read-model-reference";
import { alignColumns } from "@systemhealer/ml/pipeline/align-columns";
import { type ReadTable, readTable } from "@systemhealer/ml/table/read-table";
import type { Command } from "commander";
import { addCommand, type Cli, decimal } from "../cli.ts";
import { CliError } from "../cli-error.ts";
import { exitCode } from "../exit-code.ts";
import { openInput, readWhole } from "../files/input-file.ts";
import { openModelFile } from "../files/open-model-file.ts";
import { checkOutputs, leaveStandardOutputTo, withOutput } from "../files/output-file.ts";
import { underName } from "../files/read-table-file.ts";
import { anomalyLines } from "../terminal/anomaly-lines.ts";
import { formatTable } from "../terminal/table.ts";
import { formatCount, formatSeconds, formatShare } from "../terminal/units.ts";

interface Options {
  readonly normal?: string;
  readonly model?: string;
  readonly normalClass?: string;
  readonly threshold: number;
  readonly out?: string;
  readonly labelColumn?: string;
}

const flushBytes = 256 * 1024;
const mostKpis = 8;

export function addDetect(program: Command, cli: Cli): void {
  const { output } = cli;
  const threshold = decimal("--threshold", leastThreshold, mostThreshold);
  addCommand(program, cli, "detect <file>", "command-detect")
    .option("--normal <normal.csv>", output.text("option-normal"))
    .option("--model <model.onnx>", output.text("option-detect-model"))
    .option("--normal-class <name>", output.text("option-normal-class"))
    .option("--threshold <z>", output.text("option-threshold"), threshold, defaultThreshold)
    .option("--out <anomalies.csv>", output.text("option-anomalies-out"))
    .option("--label-column <name>", output.text("option-label-column"))
    .action((path: string, options: Options) => detect(cli, path, options));
}

async function detect(cli: Cli, path: string, options: Options): Promise<void> {
  const { output, signal } = cli;
  const { normal, model, normalClass, threshold, out } = options;
  const started = performance.now();
  if (normal !== undefined && model !== undefined) throw new CliError(exitCode.usage, "normal-or-model");
  if (model !== undefined && normalClass !== undefined) throw new CliError(exitCode.usage, "normal-class-of-model");
  leaveStandardOutputTo([out], output);
  await checkOutputs([out], [path, ...(normal ? [normal] : []), ...(model ? [model] : [])]);
  const table = await read(cli, path, options);
  if (table.values.every(Number.isNaN)) {
    throw new CliError(exitCode.input, "detect-no-numbers", { file: path, kpis: table.featureNames.length });
  }
  const state = model ? await stateOfModel(model) : await stateOfRows(cli, table, normal, path, options);
  const { missing } = alignColumns(state.kpis, table.featureNames);
  if (2 * missing.length > state.kpis.length) {
    throw new CliError(exitCode.input, "detect-other-kpis", { missing: missing.length, kpis: state.kpis.length });
  }
  const found = await writing(out, table, state.kpis, (onRow) =>
    detectRows(table, state, { threshold, onRow, signal }),
  );
  const seconds = (performance.now() - started) / 1_000;
  const result = { schema: "detection-result.v1", ...found, missing, ...(out && { out }), seconds };
  output.result(result, tell(cli, found, seconds));
}

async function read(cli: Cli, path: string, { labelColumn }: Options): Promise<ReadTable> {
  const { signal, output } = cli;
  const file = await openInput(path);
  const showProgress = (bytes: number) =>
    output.progress.show(output.text("stage-reading"), file.sizeBytes && bytes / file.sizeBytes);
  const choices = { labels: "optional", keepNodes: true, keepSampleIds: true, signal } as const;
  return underName(file, () =>
    readTable(file.read(signal, showProgress), { ...choices, ...(labelColumn !== undefined && { labelColumn }) }),
  );
}

async function stateOfRows(
  cli: Cli,
  table: ReadTable,
  normal: string | undefined,
  path: string,
  options: Options,
): Promise<NormalState> {
  const source = normal === undefined ? table : await read(cli, normal, options);
  const { normalClass } = options;
  if (normalClass !== undefined && !source.classes?.includes(normalClass)) {
    throw new CliError(exitCode.input, "normal-class-unknown", { file: normal ?? path, name: normalClass });
  }
  const choices = { allNormal: normal !== undefined, signal: cli.signal, ...(normalClass && { normalClass }) };
  try {
    return await normalStateOf(source, choices);
  } catch (cause) {
    if (!(cause instanceof BaselineError)) throw cause;
    throw new CliError(exitCode.input, "detect-too-few-rows", { file: normal ?? path }, { cause });
  }
}

async function stateOfModel(path: string): Promise<NormalState> {
  const bytes = await readWhole(path);
  await (await openModelFile(path, bytes)).close();
  const { features, classes } = readModelCard(bytes);
  const reference = readModelReference(bytes, features.length, classes.length);
  if (!reference?.baseline) throw new CliError(exitCode.input, "model-without-baseline", { file: path });
  const { baseline, normalRanges } = reference;
  return { origin: "model", kpis: features.map(({ name }) => name), baseline, normalRanges };
}

/** Writes a line per row where that is wanted. */
async function writing(
  out: string | undefined,
  table: ReadTable,
  kpis: readonly string[],
  work: (onRow: (row: DetectedRow) => void | Promise<void>) => Promise<Detection>,
): Promise<Detection> {
  if (out === undefined) return work(() => {});
  return withOutput(out, async (file) => {
    let lines = anomaliesHeader(table);
    const found = await work((row) => {
      lines += anomalyLine(row, table, kpis);
      if (lines.length < flushBytes) return;
      const full = lines;
      lines = "";
      return file.write(full);
    });
    await file.write(lines);
    return found;
  });
}

function tell({ output }: Cli, found: Detection, seconds: number): string[] {
  const { origin, source, baselineRows, anomalies, rows, byLabel } = found;
  const baseline = output.text(source === null ? `baseline-${origin}` : "baseline-class", {
    rows: formatCount(baselineRows),
    name: visible(source ?? ""),
  });
  const lines = [baseline, ...anomalyLines(output, rows, found, origin !== "own")];
  if (anomalies.kpis.length > 0) {
    const kpis = anomalies.kpis
      .slice(0, mostKpis)
      .map(({ name, rows: own }) => `${visible(name)} (${formatCount(own)})`);
    lines.push(output.text("anomaly-kpis", { kpis: kpis.join(", ") }));
  }
  if (byLabel) {
    const header = [output.text("column-class"), output.text("column-rows"), output.text("column-anomalous")];
    lines.push(
      "",
      formatTable(
        header,
        byLabel.map(({ name, rows: own, anomalous }) => [name, own, formatShare(anomalous / Math.max(1, own))]),
      ),
    );
  }
  lines.push(output.text("detect-done", { rows: formatCount(rows), seconds: formatSeconds(seconds) }));
  return lines;
}
