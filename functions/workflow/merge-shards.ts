import type { Artefact } from "@systemhealer/contract/artefact";
import { DiagnosisSummary } from "@systemhealer/contract/diagnosis";
import { DiagnosisSample } from "@systemhealer/contract/diagnosis-sample";
import { Profile } from "@systemhealer/contract/profile";
import type { DiagnosisRun } from "@systemhealer/contract/run";
import { expectDataset } from "@systemhealer/domain/dataset";
import { RunFailedError } from "@systemhealer/domain/errors";
import { runArtefactKey, shardKey } from "@systemhealer/domain/object-keys";
import type { Ports } from "@systemhealer/domain/ports/ports";
import { ifThere } from "@systemhealer/domain/use-cases/if-there";
import { readJson } from "@systemhealer/domain/use-cases/read-json";
import { shardResultsHeader, shiftBasis } from "@systemhealer/ml/diagnose/diagnose-csv";
import {
  DiagnosisAccumulator,
  type DiagnosisPart,
  type ShiftBasis,
} from "@systemhealer/ml/diagnose/diagnosis-accumulator";
import { readModelReference } from "@systemhealer/ml/diagnose/read-model-reference";
import { faultsOf, recoveryOf } from "@systemhealer/ml/recovery/recovery-of";
import { explanationsCsv, explanationsJson } from "@systemhealer/ml/table/explanation-lines";
import { resultsJson } from "@systemhealer/ml/table/results-json";
import { RowOffsets } from "@systemhealer/ml/table/row-offsets";
import { readModelCard, readModelFile } from "./model-artefacts.ts";

type MergePorts = Pick<Ports, "datasets" | "models" | "objects" | "runs">;
/** `results-index.json` tells where in `results.csv` every so many-th row begins. */
const indexedRows = 1_000;
type Result = Extract<DiagnosisRun, { status: "succeeded" }>["result"];

/**
 * `results.csv` and `results.json` from the shards' rows, one shard after the other in constant memory, and
 * `summary.json` and `sample.json` from their sums.
 * @throws RunFailedError when the shards do not hold each row of the data set once, or the model is lost
 */
export async function mergeShards(ports: MergePorts, run: DiagnosisRun): Promise<Result> {
  const { workspaceId, runId } = run;
  const { profile, card, labelColumn, reference } = await inputs(ports, run);
  const model = { card, ...(reference && { reference }) };
  const sums = await mergeSums(ports, run, profile.ranges.length, shiftBasis(model));
  if (sums.rows !== profile.rows) {
    throw new RunFailedError("data-unusable", {
      reason: "shards-incomplete",
      found: sums.rows,
      expected: profile.rows,
    });
  }
  const header = shardResultsHeader(profile.columns, model, labelColumn === undefined ? {} : { labelColumn });
  async function write(name: string, body: AsyncIterable<Uint8Array> | Uint8Array, type: string): Promise<Artefact> {
    const objectKey = runArtefactKey(workspaceId, runId, name);
    const { sizeBytes, sha256, etag } = await ports.objects.write(objectKey, body, type);
    return { name, objectKey, contentType: type, sizeBytes, sha256, etag };
  }
  const offsets = new RowOffsets(indexedRows);
  const rows = passing(resultsOf(ports, run, header, profile.ranges.length), (bytes) => offsets.push(bytes));
  const csv = await write("results.csv", rows, "text/csv");
  const { body } = await ports.objects.read(csv.objectKey);
  const keys = sums.idsUnique ? ("id" as const) : ("row" as const);
  const json = await write("results.json", resultsJson(body, { classes: card.classes, keys }), "application/json");
  const counted = sums.summary();
  const before = await classesBefore(ports, run);
  const recovery = run.verifies && recoveryOf(sums, counted, card, { normalClass: run.normalClass, before });
  const summary = DiagnosisSummary.parse({ ...counted, ...(recovery && { recovery }) });
  const writeJson = (name: string, value: unknown) =>
    write(name, new TextEncoder().encode(JSON.stringify(value)), "application/json");
  const artefacts = [csv, json, await writeJson("summary.json", summary)];
  const sample = sums.sample();
  if (run.explain) {
    const lines = () => joined(ports, run, profile.ranges.length, "jsonl");
    artefacts.push(await write("explanations.json", explanationsJson(lines()), "application/json"));
    artefacts.push(await write("explanations.csv", explanationsCsv(lines()), "text/csv"));
  }
  const index = { schema: "results-index.v1", rows: offsets.rows, every: indexedRows, offsets: offsets.offsets };
  await writeJson("results-index.json", index);
  if (sample) artefacts.push(await writeJson("sample.json", DiagnosisSample.parse(sample)));
  return {
    rows: summary.rows,
    classes: summary.classes,
    meanConfidence: Math.min(1, summary.meanConfidence),
    ...faultsOf(counted, card, run.normalClass),
    ...(recovery && { recovery: recovery.verdict }),
    artefacts,
  };
}

/** What the diagnosis found that this one verifies; undefined where that is gone. */
async function classesBefore({ runs }: MergePorts, { workspaceId, verifies }: DiagnosisRun) {
  const verified = verifies === undefined ? undefined : await ifThere(runs.get(workspaceId, verifies));
  return verified?.kind === "diagnosis" && verified.status === "succeeded" ? verified.result.classes : undefined;
}

async function inputs(ports: MergePorts, { workspaceId, datasetId, modelId }: DiagnosisRun) {
  const dataset = expectDataset(await ports.datasets.get(workspaceId, datasetId), "ready");
  const model = await ports.models.get(workspaceId, modelId);
  const [profile, card, onnx] = await Promise.all([
    readJson(ports, dataset.profileKey, Profile),
    readModelCard(ports.objects, model),
    readModelFile(ports.objects, model, "model.onnx"),
  ]);
  // What the model's file tells of its own bounds.
  const reference = readModelReference(onnx, card.features.length, card.classes.length);
  return { profile, card, labelColumn: dataset.labelColumn, reference };
}

async function* passing(chunks: AsyncIterable<Uint8Array>, onBytes: (bytes: Uint8Array) => void) {
  for await (const chunk of chunks) {
    onBytes(chunk);
    yield chunk;
  }
}

async function* resultsOf(ports: MergePorts, run: DiagnosisRun, header: Uint8Array, shardCount: number) {
  yield header;
  yield* joined(ports, run, shardCount, "csv");
}

/** What all shards left, one after the other. */
async function* joined(
  { objects }: MergePorts,
  { workspaceId, runId }: DiagnosisRun,
  shardCount: number,
  extension: "csv" | "jsonl",
): AsyncGenerator<Uint8Array> {
  for (let shard = 0; shard < shardCount; shard++) {
    const { body } = await objects.read(shardKey(workspaceId, runId, shard, extension));
    yield* body;
  }
}

async function mergeSums(
  ports: MergePorts,
  { workspaceId, runId }: DiagnosisRun,
  shardCount: number,
  basis: ShiftBasis | undefined,
): Promise<DiagnosisAccumulator> {
  let sums: DiagnosisAccumulator | undefined;
  for (let shard = 0; shard < shardCount; shard++) {
    const part = await readJson(ports, shardKey(workspaceId, runId, shard, "json"), diagnosisPart);
    if (sums) sums.merge(part);
    else sums = DiagnosisAccumulator.fromJSON(part, basis);
  }
  if (!sums) throw new RunFailedError("data-unusable", { reason: "no-rows" });
  return sums;
}

const diagnosisPart = {
  parse(value: unknown): DiagnosisPart {
    const schema = typeof value === "object" && value !== null && "schema" in value ? value.schema : undefined;
    if (schema !== "diagnosis-part.v1") throw new TypeError(`${String(schema)} is no part of a diagnosis`);
    return value as DiagnosisPart;
  },
};
