import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openModel } from "@systemhealer/ml/diagnose/model";
import { afterAll, beforeAll, expect, test } from "vitest";
import { demoUser } from "../../local/start/demo-user.ts";
import { systemhealer } from "../cli/run-cli.ts";
import { bootStack, type TestStack } from "./support/stack.ts";

let running: TestStack;
let folder = "";
const at = (name: string) => join(folder, name);

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "systemhealer-adaptation-"));
  running = await bootStack();
  const { email, password } = await demoUser(running.stack, running.dataDirectory);
  const env = { XDG_CONFIG_HOME: folder, SYSTEMHEALER_PASSWORD: password };
  const { code, stderr } = await systemhealer(["login", running.stack.urls.api, "--email", email], { env });
  expect(code, stderr).toBe(0);
}, 120_000);

afterAll(async () => {
  await running?.[Symbol.asyncDispose]();
  await rm(folder, { recursive: true, force: true });
});

async function json(...args: string[]) {
  const { code, stdout, stderr } = await systemhealer([...args, "--json"], { env: { XDG_CONFIG_HOME: folder } });
  expect([args, code, stderr]).toEqual([args, 0, ""]);
  return JSON.parse(stdout);
}

async function uploaded(name: string, purpose: string, ...simulation: string[]): Promise<string> {
  await json("simulate", "--severity", "0.9", ...simulation, "--out", at(name));
  return (await json("upload", at(name), "--purpose", purpose)).dataset.datasetId;
}

// Several learners are fitted: on a busy machine that takes its time.
test("runs adapt: the bundled trainer makes a model for another environment, under its own role", {
  timeout: 300_000,
}, async () => {
  const training = await uploaded("training.csv", "training", "--rows", "400", "--seed", "1");
  const target = await uploaded("elsewhere.csv", "diagnosis", "--rows", "120", "--seed", "2", "--shift", "2");
  const few = await uploaded("few.csv", "diagnosis", "--rows", "10", "--seed", "3", "--shift", "2");
  const learner = ["--learner", "extra-trees", "--trees", "20", "--map", "none"];
  const { result } = await json("runs", "train", training, ...learner, "--watch");

  const order = ["runs", "adapt", result.modelId, target, "--labelled", few, "--seed", "5", "--name", "elsewhere"];
  const run = await json(...order, "--watch");
  expect(run).toMatchObject({
    kind: "adaptation",
    status: "succeeded",
    settings: { seed: 5 },
    labelledDatasetId: few,
    result: { rows: 120, labelledRows: 10 },
  });
  const models = (await json("models", "list")).items;
  expect(models.map(({ modelId }: { modelId: string }) => modelId)).toEqual([run.result.modelId, result.modelId]);
  expect(models[0]).toMatchObject({ name: "elsewhere", adaptedFrom: result.modelId, active: false });

  await json("download", "run", run.runId, "adaptation.json", "--out", at("adaptation.json"));
  const statement = JSON.parse(await readFile(at("adaptation.json"), "utf8"));
  expect(statement).toMatchObject({ verdict: run.result.verdict, labelledRows: 10, labelledRowsInFile: 0 });
  await json("download", "model", run.result.modelId, "model.onnx", "--out", at("adapted.onnx"));
  const adapted = await openModel(await readFile(at("adapted.onnx")));
  expect(adapted.card.adaptedFrom).toMatchObject({ labelledRows: 10 });
  await adapted.close();
  const again = await json("runs", "diagnose", target, "--model", run.result.modelId, "--watch");
  expect(again.result.rows).toBe(120);
});
