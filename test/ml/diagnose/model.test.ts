import { describe, expect, it } from "vitest";
import { openModel } from "../../../packages/ml/src/diagnose/model.ts";
import { ModelFileError } from "../../../packages/ml/src/diagnose/model-file-error.ts";
import { encodeModel } from "../../../packages/ml/src/onnx/encode-model.ts";
import { GraphBuilder } from "../../../packages/ml/src/onnx/graph-builder.ts";

const card = {
  schema: "model-card.v1",
  features: [
    { name: "cpu", used: true },
    { name: "disk", used: true },
  ],
  classes: ["calm", "busy"],
};

/** A model whose probabilities are a softmax of its two features. */
function model(metadata: Readonly<Record<string, string>>, input = "features", width = 2): Uint8Array {
  const graph = new GraphBuilder("model");
  const features = graph.addInput(input, "float32", ["N", width]);
  graph.addOutput(
    "probabilities",
    graph.addNode("Softmax", [features], { attributes: { axis: { int: 1 } } }),
    "float32",
    ["N", width],
  );
  return encodeModel(graph, { producer: "test", producerVersion: "1", metadata });
}

const metadata = (value: object) => ({ "systemhealer.card": JSON.stringify(value) });

describe("opening a model", () => {
  it("predicts row by row, from as many of the values as there are rows", async () => {
    const opened = await openModel(model(metadata(card)), { threads: 2 });
    const probabilities = await opened.predict(Float32Array.of(0, 0, Math.log(3), 0, 9, 9), 2);
    expect(Array.from(probabilities, (value) => Number(value.toFixed(5)))).toEqual([0.5, 0.5, 0.75, 0.25]);
    expect(await opened.predict(new Float32Array(0), 0)).toHaveLength(0);
    await expect(opened.predict(new Float32Array(3), 2)).rejects.toThrow(RangeError);
    await opened.close();
  });

  it("gives the same for many rows at once as for one at a time", async () => {
    const rowCount = 300_000;
    const values = Float32Array.from({ length: 2 * rowCount }, (_, cell) => Math.sin(cell));
    const opened = await openModel(model(metadata(card)));
    const all = await opened.predict(values, rowCount);
    for (const row of [0, 1, 131_071, 131_072, 262_143, 262_144, rowCount - 1]) {
      const one = await opened.predict(values.subarray(2 * row), 1);
      expect(Array.from(one)).toEqual(Array.from(all.subarray(2 * row, 2 * row + 2)));
    }
    await opened.close();
  });

  const good = model(metadata(card));
  /** An operator's attribute that goes on with a field of no known type. */
  const garbled = Uint8Array.from(good);
  garbled[Buffer.from(good).indexOf("axis") + "axis".length] = 0x0c;
  const refused: [string, Uint8Array, string][] = [
    ["an empty file", new Uint8Array(0), "not-onnx"],
    ["a table", new TextEncoder().encode("cpu,disk,label\n1,2,calm\n"), "not-onnx"],
    ["a model cut off", good.subarray(0, good.length - 30), "not-onnx"],
    ["a model with an operator that is garbled", garbled, "not-onnx"],
    ["a model of somebody else", model({}), "no-card"],
    ["a card of another schema", model(metadata({ ...card, schema: "model-card.v9" })), "unknown-card"],
    [
      "a card with a KPI twice",
      model(metadata({ ...card, features: [card.features[0], card.features[0]] })),
      "unknown-card",
    ],
    ["a card with a class twice", model(metadata({ ...card, classes: ["calm", "calm"] })), "unknown-card"],
    ["a card without classes", model(metadata({ ...card, classes: [] })), "unknown-card"],
    ["a card that is no object", model(metadata([])), "unknown-card"],
    ["a card that is no JSON", model({ "systemhealer.card": "{" }), "unknown-card"],
    ["an input of another name", model(metadata(card), "x"), "wrong-shape"],
    ["an input of another width", model(metadata(card), "features", 3), "wrong-shape"],
  ];
  for (const [name, bytes, problem] of refused) {
    it(`refuses ${name}`, async () => {
      const opening = openModel(bytes);
      await expect(opening).rejects.toBeInstanceOf(ModelFileError);
      await expect(opening).rejects.toMatchObject({ code: "model-unusable", problem });
    });
  }
});
