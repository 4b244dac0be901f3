import { setTimeout as sleep } from "node:timers/promises";
import type { Client } from "@systemhealer/contract/client";
import type { DatasetPurpose } from "@systemhealer/contract/dataset";
import type { Language } from "@systemhealer/contract/messages/message";
import type { RunView } from "@systemhealer/contract/run";
import type { TrainingSettingsInput } from "@systemhealer/contract/training-settings";
import { uploadDataset } from "@systemhealer/contract/upload";
import { simulate } from "@systemhealer/simulator/simulate";

/** A third of them is diagnosed, the others are learned. */
const allRows = 3_600;
const pollMilliseconds = 300;
const longestMilliseconds = 10 * 60_000;

const forest: TrainingSettingsInput = { learner: { learner: "random-forest", trees: 60 }, keepSample: false };
const boosting: TrainingSettingsInput = {
  learner: { learner: "gbdt", rounds: 80, learningRate: 0.15, patience: 20 },
  map: "pca",
};

type Named = "training" | "field" | "quietField" | "forest" | "boosting" | "diagnosis" | "quietDiagnosis";

/** What people would call their things. */
const names: Readonly<Record<Language, Readonly<Record<Named, string>>>> = {
  en: {
    training: "Cluster A, spring",
    field: "Cluster A, last night",
    quietField: "Cluster A, the night before",
    forest: "Forest, first try",
    boosting: "Boosted trees",
    diagnosis: "Last night’s incident",
    quietDiagnosis: "The night before",
  },
  zh: {
    training: "集群 A 春季",
    field: "集群 A 昨夜",
    quietField: "集群 A 前夜",
    forest: "随机森林初试",
    boosting: "提升树",
    diagnosis: "昨夜故障诊断",
    quietDiagnosis: "前夜诊断",
  },
};

export interface DemoData {
  readonly datasetId: string;
  readonly fieldId: string;
  readonly quietFieldId: string;
  readonly trainingRunIds: Readonly<Record<"forest" | "boosting", string>>;
  readonly modelIds: Readonly<Record<"forest" | "boosting", string>>;
  readonly diagnosisRunId: string;
  readonly quietDiagnosisRunId: string;
}

/** A workspace after its first day: two models of simulated rows, the second one active, and two diagnoses. */
export async function loadDemoData(client: Client): Promise<DemoData> {
  const { known, field, quiet } = await simulatedCluster();
  const datasetId = await upload(client, "cluster-a.csv", known, "training");
  const first = await train(client, datasetId, forest);
  const second = await train(client, datasetId, boosting);
  await client.call("activateModel", { modelId: second.modelId });
  const quietFieldId = await upload(client, "cluster-a-night-before.csv", quiet, "diagnosis");
  const before = await client.call("createDiagnosisRun", { body: { datasetId: quietFieldId } });
  await ended(client, before.runId);
  const fieldId = await upload(client, "cluster-a-night.csv", field, "diagnosis");
  const order = { datasetId: fieldId, explain: true };
  const { runId } = await client.call("createDiagnosisRun", { body: order });
  await ended(client, runId);
  return {
    datasetId,
    fieldId,
    quietFieldId,
    trainingRunIds: { forest: first.runId, boosting: second.runId },
    modelIds: { forest: first.modelId, boosting: second.modelId },
    diagnosisRunId: runId,
    quietDiagnosisRunId: before.runId,
  };
}

/** Names everything in a language. */
export async function nameDemoData(client: Client, data: DemoData, language: Language): Promise<void> {
  const own = names[language];
  const { datasetId, fieldId, quietFieldId, modelIds, trainingRunIds, diagnosisRunId, quietDiagnosisRunId } = data;
  await nameDataset(client, datasetId, own.training);
  await nameDataset(client, fieldId, own.field);
  await nameDataset(client, quietFieldId, own.quietField);
  await nameRun(client, diagnosisRunId, own.diagnosis);
  await nameRun(client, quietDiagnosisRunId, own.quietDiagnosis);
  for (const which of ["forest", "boosting"] as const) {
    await nameRun(client, trainingRunIds[which], own[which]);
    const modelId = modelIds[which];
    const { revision = 0 } = await client.call("getModel", { modelId });
    await client.call("updateModel", { modelId, body: { revision, name: own[which] } });
  }
}

async function nameDataset(client: Client, datasetId: string, name: string): Promise<void> {
  const { revision = 0 } = await client.call("getDataset", { datasetId });
  await client.call("updateDataset", { datasetId, body: { revision, name } });
}

async function nameRun(client: Client, runId: string, name: string): Promise<void> {
  const { revision = 0 } = await client.call("getRun", { runId });
  await client.call("updateRun", { runId, body: { revision, name } });
}

interface SimulatedCluster {
  /** With their labels, which are the last column. */
  readonly known: string;
  /** Rows from between them, without. */
  readonly field: string;
  /** Those of the field with fewer faults among them. */
  readonly quiet: string;
}

const quietRow = ",normal";
/** Of the faulty rows every so many is in the quiet part. */
const quietEvery = 4;

async function simulatedCluster(): Promise<SimulatedCluster> {
  const parts: string[] = [];
  const shape = { rows: allRows, seed: 1, severity: 0.6, schema: "wide" } as const;
  for await (const part of simulate(shape)) parts.push(part);
  const [header = "", ...rows] = parts.join("").trimEnd().split("\n");
  const tableOf = (lines: readonly string[]) => `${lines.join("\n")}\n`;
  const unlabelled = (lines: readonly string[]) => tableOf(lines.map((line) => line.slice(0, line.lastIndexOf(","))));
  const field = rows.filter((_, index) => index % 3 === 0);
  const quiet = field.filter((line, index) => line.endsWith(quietRow) || index % quietEvery === 0);
  return {
    known: tableOf([header, ...rows.filter((_, index) => index % 3 !== 0)]),
    field: unlabelled([header, ...field]),
    quiet: unlabelled([header, ...quiet]),
  };
}

async function upload(client: Client, fileName: string, csv: string, purpose: DatasetPurpose): Promise<string> {
  const bytes = new TextEncoder().encode(csv);
  const source = { size: bytes.length, read: async (from: number, to: number) => bytes.slice(from, to) };
  const { datasetId } = await uploadDataset(client, source, { fileName, purpose });
  await until(async () => (await client.call("getDataset", { datasetId })).status === "ready");
  return datasetId;
}

async function train(client: Client, datasetId: string, settings: TrainingSettingsInput) {
  const { runId } = await client.call("createTrainingRun", { body: { datasetId, settings } });
  const run = await ended(client, runId);
  if (run.kind !== "training" || run.status !== "succeeded") throw new Error(`${runId} is no finished training`);
  return { runId, modelId: run.result.modelId };
}

async function ended(client: Client, runId: string): Promise<RunView> {
  let run = await client.call("getRun", { runId });
  await until(async () => {
    run = await client.call("getRun", { runId });
    if (run.status === "failed" || run.status === "cancelled") throw new Error(`${run.name} ${run.status}`);
    return run.status === "succeeded";
  });
  return run;
}

async function until(isDone: () => Promise<boolean>): Promise<void> {
  const deadline = performance.now() + longestMilliseconds;
  while (!(await isDone())) {
    if (performance.now() > deadline) throw new Error("loading the data took too long");
    await sleep(pollMilliseconds);
  }
}
