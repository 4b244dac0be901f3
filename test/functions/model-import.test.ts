import { createHash } from "node:crypto";
import { TrainingSettings } from "@systemhealer/contract/training-settings";
import { readModelCard } from "@systemhealer/ml/diagnose/read-model-card";
import { encodeModel } from "@systemhealer/ml/onnx/encode-model";
import { GraphBuilder } from "@systemhealer/ml/onnx/graph-builder";
import type { Operator } from "@systemhealer/ml/onnx/operators";
import { trainModel } from "@systemhealer/ml/pipeline/train-model";
import { readTable } from "@systemhealer/ml/table/read-table";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { labelledCsv } from "./fixtures/ready-dataset.ts";
import { type Answer, call, type TestSystem, testSystem } from "./fixtures/test-system.ts";

const settings = TrainingSettings.parse({ learner: { learner: "linear" }, map: "none" });

async function trainedModel(): Promise<Uint8Array> {
  async function* bytes() {
    yield labelledCsv(300);
  }
  const options = { trainingFileSha256: "a".repeat(64), threads: 1 };
  return (await trainModel(await readTable(bytes()), settings, options)).onnx;
}

/** A model with a card, whose graph gives `output` of its three features. */
function modelWith(card: string, output: (graph: GraphBuilder, input: string) => string): Uint8Array {
  const graph = new GraphBuilder("other");
  const input = graph.addInput("features", "float32", ["N", 3]);
  graph.addOutput("probabilities", output(graph, input), "float32", ["N", 3]);
  return encodeModel(graph, { producer: "x", producerVersion: "1", metadata: { "systemhealer.card": card } });
}

describe("a model file from elsewhere", () => {
  let system: TestSystem;
  let api: typeof import("../../functions/api/main.ts").handler;
  let importing: typeof import("../../functions/inference/import.ts").handler;
  let rows: typeof import("../../functions/inference/rows.ts").handler;
  let onnx: Uint8Array;
  let card: string;
  beforeAll(async () => {
    system = await testSystem();
    api = (await import("../../functions/api/main.ts")).handler;
    importing = (await import("../../functions/inference/import.ts")).handler;
    rows = (await import("../../functions/inference/rows.ts")).handler;
    onnx = await trainedModel();
    card = JSON.stringify(readModelCard(onnx));
  });
  afterAll(() => system.close());

  async function send(bytes: Uint8Array): Promise<string> {
    const sha256 = createHash("sha256").update(bytes).digest("hex");
    const { body } = await call(api, "createModelImport", { body: { sizeBytes: bytes.length, sha256 } });
    const { url, headers } = body.request;
    const sent = await fetch(url, { method: "PUT", headers, body: Buffer.from(bytes) });
    expect(sent.status).toBe(200);
    return body.modelId;
  }

  const complete = (modelId: string, options = {}): Promise<Answer> =>
    call(importing, "completeModelImport", { modelId, body: { name: "from the other house" } }, options);

  it("becomes a model that diagnoses, has its card, and can go again", async () => {
    const modelId = await send(onnx);
    const answer = await complete(modelId);
    expect(answer).toMatchObject({
      status: 201,
      body: { modelId, origin: "imported", name: "from the other house", learner: "linear", active: false, usedBy: [] },
    });
    expect(answer.body).not.toHaveProperty("datasetId");
    expect(answer.body.classes).toEqual(["1", "2", "3"].map((name) => ({ name, rows: 0 })));
    expect(await complete(modelId)).toMatchObject({ status: 201, body: { modelId, version: 1 } });
    const diagnosed = await call(rows, "diagnoseRows", { body: { modelId, rows: [{ cpu: 1, disk: 9, net: 0 }] } });
    expect(diagnosed.body.rows[0].diagnosis).toBe("2");
    const summary = await call(api, "getModelSummary", { modelId });
    expect(summary.body).toEqual({ card: JSON.parse(card) });
    const download = await call(api, "downloadModel", { modelId, body: { artefact: "model.onnx" } });
    expect(Buffer.from(await (await fetch(download.body.url)).arrayBuffer()).equals(onnx)).toBe(true);
    expect((await call(api, "activateModel", { modelId })).body.active).toBe(true);
    const { items } = (await call(api, "listAudit", {}, { groups: "[admin]" })).body;
    expect(items.map(({ operation, target }: Record<string, string>) => `${operation} ${target}`)).toContain(
      `completeModelImport ${modelId}`,
    );
    const other = await complete(await send(onnx));
    expect(await call(api, "deleteModel", { modelId: other.body.modelId })).toMatchObject({ status: 204 });
  });

  it("of the first version, whose card told no calibration error, becomes a model too", async () => {
    const { ece: _, heldOut: __, ...first } = JSON.parse(card);
    const modelId = await send(modelWith(JSON.stringify(first), (graph, input) => vastSoftmax(graph, input, 1)));
    expect(await complete(modelId)).toMatchObject({ status: 201 });
    expect((await call(api, "getModelSummary", { modelId })).body).toEqual({ card: first });
  });

  it("whose answer to a row is no probabilities is refused then, though test rows were answered", async () => {
    const modelId = await send(modelWith(card, (graph, input) => vastSoftmax(graph, input, 1e10)));
    expect(await complete(modelId)).toMatchObject({ status: 201 });
    const ask = (cpu: number) => call(rows, "diagnoseRows", { body: { modelId, rows: [{ cpu, disk: 9, net: 0 }] } });
    expect((await ask(1)).body.rows[0].diagnosis).toBe("2");
    const parameters = { reason: "bad-probabilities" };
    expect(await ask(3e38)).toMatchObject({ status: 409, body: { code: "model-unusable", parameters } });
  });

  it("is refused in words where it is no model of ours, or not whole", async () => {
    const softmax = (graph: GraphBuilder, input: string) => {
      const isGap = graph.addNode("IsNaN", [input]);
      return graph.addNode("Softmax", [graph.addNode("Where", [isGap, graph.addScalar("float32", 0), input])]);
    };
    // A loop that onnxruntime would never leave, and a tensor of 4 TB told in a few bytes.
    const endless = (graph: GraphBuilder, input: string) => {
      const body = graph.subgraph("body");
      body.addInput("round", "int64", []);
      const goesOn = body.addInput("goes_on", "bool", []);
      const last = body.addInput("last", "float32", ["N", 3]);
      body.addOutput("goes_on_out", goesOn, "bool", []);
      body.addOutput("last_out", last, "float32", ["N", 3]);
      return graph.addNode("Loop", ["", graph.addScalar("bool", 1), softmax(graph, input)], {
        attributes: { body: { graph: body } },
      });
    };
    const outOfNothing = (graph: GraphBuilder, input: string) => {
      const operator: string = "ConstantOfShape";
      const vast = graph.addNode(operator as Operator, [graph.addInts(1_000_000, 1_000_000)]);
      const sum = graph.addNode("ReduceSum", [vast], { attributes: { keepdims: { int: 0 } } });
      return graph.addNode("Add", [softmax(graph, input), sum]);
    };
    // Operators of ours: a table of 3.6 GB, the sums of two columns of the file.
    const outerSums = (graph: GraphBuilder, input: string) => {
      const column = { type: "float32", dims: [30_000, 1], data: new Float32Array(30_000) } as const;
      const across = graph.addConstant("across", { ...column, dims: [1, 30_000] });
      const vast = graph.addNode("Add", [graph.addConstant("down", column), across]);
      const sum = graph.addNode("ReduceSum", [vast], { attributes: { keepdims: { int: 0 } } });
      return graph.addNode("Add", [softmax(graph, input), sum]);
    };
    const wider = card.replace('"features":[', '"features":[{"name":"more","used":true},');
    const files: readonly (readonly [string, Uint8Array])[] = [
      ["not-onnx", Buffer.from("sample_id,cpu\n1,2\n")],
      ["not-onnx", onnx.subarray(0, onnx.length / 2)],
      ["unknown-card", modelWith(JSON.stringify({ schema: "model-card.v9" }), softmax)],
      ["unknown-card", modelWith(card.replace('"accuracy":', '"acc":'), softmax)],
      ["wrong-shape", modelWith(wider, softmax)],
      ["bad-probabilities", modelWith(card, (graph, input) => graph.addNode("Abs", [input]))],
      ["foreign-parts", modelWith(card, endless)],
      ["foreign-parts", modelWith(card, outOfNothing)],
      ["foreign-parts", modelWith(card, outerSums)],
      // A field that the format has and we do not write: tag 25 (functions), an empty message.
      ["foreign-parts", Buffer.concat([onnx, Buffer.of(0xca, 0x01, 0x00)])],
    ];
    for (const [reason, bytes] of files) {
      const modelId = await send(bytes);
      const refused = await complete(modelId);
      expect(refused, reason).toMatchObject({ status: 400, body: { code: "model-refused", parameters: { reason } } });
      expect(refused.body.detail).not.toContain(reason);
      expect(await call(api, "getModel", { modelId })).toMatchObject({ status: 404 });
    }
  });

  it("has to be sent first, by the same workspace, and not be too large", async () => {
    const modelId = await send(onnx);
    expect(await complete(modelId, { workspaceId: "w-other" })).toMatchObject({
      status: 404,
      body: { code: "import-not-found" },
    });
    expect(await complete(modelId, { groups: "[viewer]" })).toMatchObject({ status: 403 });
    const body = { sizeBytes: 128 * 1024 ** 2 + 1, sha256: "0".repeat(64) };
    expect(await call(api, "createModelImport", { body })).toMatchObject({ status: 400 });
  });
});

/** Probabilities of KPIs, a gap counting as 0, as long as their multiples are numbers. */
function vastSoftmax(graph: GraphBuilder, input: string, factor: number): string {
  const isGap = graph.addNode("IsNaN", [input]);
  const whole = graph.addNode("Where", [isGap, graph.addScalar("float32", 0), input]);
  return graph.addNode("Softmax", [graph.addNode("Mul", [whole, graph.addScalar("float32", factor)])]);
}
