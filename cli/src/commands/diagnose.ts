import { once } from "node:events";
import { availableParallelism } from "node:os";
import { PassThrough } from "node:stream";
import { pipeline } from "node:stream/promises";
import { message } from "@systemhealer/contract/messages/message";
import { visible } from "@systemhealer/contract/visible";
import { defaultThreshold, leastThreshold, mostThreshold } from "@systemhealer/ml/anomaly/baseline";
import { type DiagnoseOptions, diagnoseCsv } from "@systemhealer/ml/diagnose/diagnose-csv";
import type { DiagnosisAccumulator } from "@systemhealer/ml/diagnose/diagnosis-accumulator";
import type { DiagnosisSummary } from "@systemhealer/ml/diagnose/diagnosis-summary";
import type { OpenModel } from "@systemhealer/ml/diagnose/model";
import { type Explainer, openExplainer } from "@systemhealer/ml/explain/open-explainer";
import { normalIndex } from "@systemhealer/ml/recovery/normal-index";
import { recoveryOf } from "@systemhealer/ml/recovery/recovery-of";
import { explanationsCsv, explanationsJson } from "@systemhealer/ml/table/explanation-lines";
import { resultsJson } from "@systemhealer/ml/table/results-json";
import type { Command } from "commander";
import { addCommand, type Cli, decimal, wholeNumber } from "../cli.ts";
import { CliError } from "../cli-error.ts";
import { exitCode } from "../exit-code.ts";
import { type InputFile, openInput, readWhole } from "../files/input-file.ts";
import { openModelFile, withModelOf } from "../files/open-model-file.ts";
import { checkOutputs, leaveStandardOutputTo, standardOutput, withOutput, writeOutput } from "../files/output-file.ts";
import { underName } from "../files/read-table-file.ts";
import type { Output } from "../output.ts";
import { peakMemoryBytes } from "../peak-memory.ts";
import { anomalyLines } from "../terminal/anomaly-lines.ts";
import { classesLine } from "../terminal/classes-line.ts";
import { recoveryLines } from "../terminal/recovery-lines.ts";
import { formatTable } from "../terminal/table.ts";
import { formatCount, formatScore, formatSeconds, formatShare } from "../terminal/units.ts";

interface Options {
  readonly out: string;
  readonly resultsJson?: string;
  readonly summary?: string;
  readonly sample?: string;
  readonly explain?: string;
  readonly labelColumn?: string;
  readonly anomalyThreshold?: number;
  readonly verify?: true;
  readonly normalClass?: string;
  readonly threads: number;
}

/** From here on a thread that reads beside the one that predicts is worth its start. */
const worthAWorkerBytes = 32 * 1024 * 1024;
const mostNamesShown = 8;

export function addDiagnose(program: Command, cli: Cli): void {
  const { output } = cli;
  const anomalyThreshold = decimal("--anomaly-threshold", leastThreshold, mostThreshold);
  addCommand(program, cli, "diagnose <model> <file>", "command-diagnose")
    .requiredOption("--out <results.csv>", output.text("option-results-out"))
    .option("--results-json <results.json>", output.text("option-results-json"))
    .option("--summary <summary.json>", output.text("option-summary"))
    .option("--sample <sample.json>", output.text("option-sample"))
    .option("--explain <explanations.csv>", output.text("option-explain"))
    .option("--label-column <name>", output.text("option-label-column"))
    .option("--anomaly-threshold <z>", output.text("option-threshold"), anomalyThreshold, defaultThreshold)
    .option("--verify", output.text("option-verify"))
    .option("--normal-class <name>", output.text("option-normal-class-of-model"))
    .option("--threads <n>", output.text("option-threads"), wholeNumber("--threads", 1), availableParallelism())
    .action((modelPath: string, path: string, options: Options) => diagnose(cli, modelPath, path, options));
}

async function diagnose(cli: Cli, modelPath: string, path: string, options: Options): Promise<void> {
  const { output, signal } = cli;
  const started = performance.now();
  if (options.out === standardOutput && options.resultsJson) {
    throw new CliError(exitCode.usage, "results-json-needs-a-file");
  }
  const { resultsJson: jsonPath, summary: summaryPath, sample: samplePath, explain } = options;
  const outputs = [options.out, jsonPath, summaryPath, samplePath, explain];
  leaveStandardOutputTo(outputs, output);
  await checkOutputs(outputs, [modelPath, path]);
  const { model, explainer } = await openModelAt(modelPath, options);
  let found: DiagnosisAccumulator;
  try {
    expectNormalClass(modelPath, model, options);
    const file = await openInput(path);
    found = await withOutput(options.out, (results) =>
      withExplanations(options.explain, explainer, (explaining) =>
        withModelOf(modelPath, () =>
          diagnoseFile(cli, model, file, options, (bytes) => results.write(bytes), explaining),
        ),
      ),
    );
  } finally {
    await model.close();
  }
  if (options.resultsJson) {
    const results = await openInput(options.out);
    const keys = found.idsUnique ? "id" : "row";
    await withOutput(options.resultsJson, async (json) => {
      const chunks = resultsJson(results.read(signal), { classes: model.card.classes, keys });
      for await (const chunk of chunks) await json.write(chunk);
    });
  }
  const counted = found.summary();
  const recovery = options.verify && recoveryOf(found, counted, model.card, { normalClass: options.normalClass });
  const summary = { ...counted, ...(recovery && { recovery }) };
  if (summaryPath) await writeOutput(summaryPath, `${JSON.stringify(summary, null, 2)}\n`);
  if (samplePath) await writeOutput(samplePath, `${JSON.stringify(found.sample())}\n`);

  const seconds = (performance.now() - started) / 1_000;
  const rowsPerSecond = summary.rows / seconds;
  const result = { ...summary, results: options.out, seconds, rowsPerSecond, peakMemoryBytes: peakMemoryBytes() };
  output.result(result, [...tell(cli, summary, seconds), ...(recovery ? recoveryLines(output, recovery) : [])]);
}

/** @throws CliError for a normal class without a verification, or one that the model does not know */
function expectNormalClass(path: string, { card }: OpenModel, { verify, normalClass }: Options): void {
  if (normalClass === undefined) return;
  if (!verify) throw new CliError(exitCode.usage, "normal-class-needs-verify");
  if (!card.classes.includes(normalClass)) {
    throw new CliError(exitCode.input, "class-unknown-to-model", { file: path, name: normalClass });
  }
}

/**
 * The model's bytes are let go where nothing is to be explained. Explanations ask rows on one thread, so that others may
 * share the work of an operator; else they share the rows.
 */
async function openModelAt(
  path: string,
  { threads, explain }: Options,
): Promise<{ model: OpenModel; explainer: Explainer | undefined }> {
  const bytes = await readWhole(path);
  const model = await openModelFile(path, bytes, { threads: explain === undefined ? 1 : threads });
  return { model, explainer: explain === undefined ? undefined : openExplainer(bytes, model) };
}

/** While `diagnose` runs, writes explanations as JSON where the file is named so, else as CSV. */
async function withExplanations<T>(
  path: string | undefined,
  explainer: Explainer | undefined,
  diagnose: (explaining: DiagnoseOptions["explain"]) => Promise<T>,
): Promise<T> {
  if (path === undefined || !explainer) return diagnose(undefined);
  const write = /\.json$/i.test(path) ? explanationsJson : explanationsCsv;
  return withOutput(path, async (file) => {
    const lines = new PassThrough();
    const written = pipeline(lines, write, async (chunks: AsyncIterable<Uint8Array>) => {
      for await (const chunk of chunks) await file.write(chunk);
    });
    written.catch(() => {});
    const onLines = async (bytes: Uint8Array) => {
      if (!lines.write(bytes)) await Promise.race([once(lines, "drain"), written]);
    };
    try {
      const result = await diagnose({ explainer, onLines });
      lines.end();
      await written;
      return result;
    } catch (error) {
      lines.destroy();
      throw error;
    }
  });
}

/** Diagnoses all rows of a file, whatever its size. */
export function diagnoseFile(
  { output, signal }: Cli,
  model: OpenModel,
  file: InputFile,
  options: Pick<Options, "labelColumn" | "anomalyThreshold" | "verify" | "normalClass" | "threads"> &
    Pick<DiagnoseOptions, "needsLabels">,
  onResults: DiagnoseOptions["onResults"],
  explain?: DiagnoseOptions["explain"],
): Promise<DiagnosisAccumulator> {
  const { labelColumn, anomalyThreshold, threads } = options;
  const normalClass = options.verify ? normalIndex(model.card.classes, options.normalClass) : -1;
  let bytesRead = 0;
  const source = file.read(signal, (bytes) => {
    bytesRead = bytes;
  });
  return underName(file, () =>
    diagnoseCsv(source, model, {
      onResults,
      signal,
      ...(labelColumn && { labelColumn }),
      ...(anomalyThreshold !== undefined && { anomalyThreshold }),
      ...(normalClass >= 0 && { normalClass }),
      ...(options.needsLabels && { needsLabels: true }),
      ...(explain && { explain }),
      threads,
      readInWorker: threads > 1 && (file.sizeBytes ?? Number.POSITIVE_INFINITY) >= worthAWorkerBytes,
      onProgress: (rows) =>
        output.progress.show(
          output.text("stage-diagnosing"),
          file.sizeBytes && bytesRead / file.sizeBytes,
          output.text("rows-read", { rows: formatCount(rows) }),
        ),
    }),
  );
}

function tell({ output }: Cli, summary: DiagnosisSummary, seconds: number): string[] {
  const header = [output.text("column-class"), output.text("column-rows"), output.text("column-share")];
  const lines = [
    formatTable(
      header,
      summary.classes.map(({ name, rows }) => [name, rows, formatShare(rows / summary.rows)]),
    ),
    "",
  ];
  const { missing, unknown } = summary.columns;
  if (missing.length > 0) lines.push(output.text("diagnose-missing", named(missing)));
  if (unknown.length > 0) lines.push(output.text("diagnose-unknown", named(unknown)));
  lines.push(...shiftLines(output, summary.shift));
  if (summary.unknownRows !== undefined) {
    lines.push(
      output.text("diagnose-unknown-rows", {
        rows: formatCount(summary.unknownRows),
        share: formatShare(summary.unknownRows / summary.rows),
      }),
    );
  }
  lines.push(...anomalyLines(output, summary.rows, summary));
  const { evaluation } = summary;
  if (evaluation) {
    lines.push(
      output.text("diagnose-scores", {
        rows: formatCount(evaluation.rows),
        macroF1: formatScore(evaluation.macroF1),
        accuracy: formatScore(evaluation.accuracy),
      }),
      ...classesLine(output, evaluation),
    );
  }
  lines.push(
    output.text("diagnose-done", {
      rows: formatCount(summary.rows),
      seconds: formatSeconds(seconds),
      rate: formatCount(Math.round(summary.rows / seconds)),
      confidence: formatScore(summary.meanConfidence),
    }),
  );
  return lines;
}

/** How the file differs from the training file, and in which KPIs most. */
export function shiftLines({ language }: Output, shift: DiagnosisSummary["shift"]): string[] {
  if (!shift) return [];
  const { verdict, kpis, shifted, most } = shift;
  const sentence = message(`shift-${verdict}`, { kpis, shifted }, language);
  return shifted === 0 ? [sentence] : [sentence, `  ${named(most.map(({ name }) => name)).names}`];
}

function named(names: readonly string[]): { count: number; names: string } {
  const shown = names.slice(0, mostNamesShown).map(visible).join(", ");
  return { count: names.length, names: names.length > mostNamesShown ? `${shown}, …` : shown };
}
