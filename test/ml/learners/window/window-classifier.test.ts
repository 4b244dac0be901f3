import { createRequire } from "node:module";
import type { Tensor2D, Tensor3D } from "@tensorflow/tfjs-core";
import { beforeAll, describe, expect, test } from "vitest";
import { windowClassifier } from "../../../../packages/ml/src/learners/window/classifier.ts";
import { convolutionNetwork } from "../../../../packages/ml/src/learners/window/convolution-network.ts";
import { recurrentNetwork } from "../../../../packages/ml/src/learners/window/recurrent-network.ts";
import { type TensorFlow, tensorFlow } from "../../../../packages/ml/src/learners/window/tensor-flow.ts";
import { initialWeights } from "../../../../packages/ml/src/learners/window/window-network.ts";
import { encodeModel } from "../../../../packages/ml/src/onnx/encode-model.ts";
import { GraphBuilder } from "../../../../packages/ml/src/onnx/graph-builder.ts";
import { onnxRuntime, openSession } from "../../../../packages/ml/src/onnx/runtime.ts";
import { createRandom } from "../../../../packages/ml/src/random/random.ts";
import { normal } from "../../fixtures/synthetic-table.ts";

const shape = { steps: 6, columns: 4, classes: 3 };
const rowCount = 17;
const random = createRandom(4);
const values = Float32Array.from({ length: rowCount * shape.steps * shape.columns }, () => normal(random));
const labels = Int32Array.from({ length: rowCount }, () => random.below(shape.classes));

const networks = {
  cnn: convolutionNetwork(shape, [7, 5, 6], 3),
  gru: recurrentNetwork(shape, 5),
};

let tf: TensorFlow;
beforeAll(async () => {
  tf = await tensorFlow();
});

describe.each(["cnn", "gru"] as const)("%s", (name) => {
  const classifier = windowClassifier(networks[name], shape);
  const weights = initialWeights(classifier.parameters, random).map((part) =>
    part.map((w) => w + 0.1 * normal(random)),
  );

  function score(): Float32Array {
    return tf.tidy(
      () =>
        tf
          .softmax(classifier.score(tf, tensors(), windows()))
          .dataSync()
          .slice() as Float32Array,
    );
  }
  const tensors = () => weights.map((data, at) => tf.tensor2d(data, [...classifier.parameters[at].dims]));
  const windows = (): Tensor3D => tf.tensor3d(values, [rowCount, shape.steps, shape.columns]);

  test("TensorFlow.js, the forward pass by hand and onnxruntime give the same probabilities", async () => {
    const own = classifier.predict(weights, values, rowCount);
    expect(largestDifference(own, score())).toBeLessThan(1e-5);

    const graph = new GraphBuilder("test");
    const width = shape.steps * shape.columns;
    const output = classifier.addTo(graph, graph.addInput("x", "float32", ["N", width]), weights);
    graph.addOutput("p", output, "float32", ["N", shape.classes]);
    const session = await openSession(encodeModel(graph, { producer: "test", producerVersion: "1" }), 1);
    const { Tensor } = onnxRuntime();
    const found = await session.run({ x: new Tensor("float32", values, [rowCount, width]) });
    await session.release();
    expect(largestDifference(own, found.p.data as Float32Array)).toBeLessThan(1e-5);
  });

  test("the gradient of TensorFlow.js is that of finite differences of the forward pass by hand", () => {
    const loss = () => {
      const probabilities = classifier.predict(weights, values, rowCount);
      return -labels.reduce((sum, label, row) => sum + Math.log(probabilities[row * shape.classes + label]), 0);
    };
    const gradients = tf.tidy(() => {
      const wanted = tf.oneHot(tf.tensor1d(labels, "int32"), shape.classes);
      const lossOf = (...parts: Tensor2D[]) =>
        tf.neg(tf.sum(tf.mul(tf.logSoftmax(classifier.score(tf, parts, windows())), wanted)));
      return tf
        .grads(lossOf as never)(tensors())
        .map((gradient) => gradient.dataSync().slice());
    });
    const step = 3e-3;
    let checked = 0;
    for (const [part, own] of weights.entries()) {
      for (let cell = 0; cell < own.length; cell += Math.max(1, Math.floor(own.length / 9))) {
        const before = own[cell];
        own[cell] = before + step;
        const above = loss();
        own[cell] = before - step;
        const below = loss();
        own[cell] = before;
        const slope = (above - below) / (2 * step);
        expect(Math.abs(gradients[part][cell] - slope)).toBeLessThan(0.02 * (1 + Math.abs(slope)));
        checked++;
      }
    }
    expect(checked).toBeGreaterThan(40);
  });
});

test("the recurrent network is the layer that TensorFlow.js calls gru", () => {
  const layers = createRequire(import.meta.url)("@tensorflow/tfjs-layers") as typeof import("@tensorflow/tfjs-layers");
  const network = networks.gru;
  const weights = initialWeights(network.parameters, random).map((part) => part.map((w) => w + 0.2 * normal(random)));
  const input = tf.tensor3d(values, [rowCount, shape.steps, shape.columns]);
  const [kernel, recurrent, bias] = weights.map((data, at) => tf.tensor2d(data, [...network.parameters[at].dims]));
  const layer = layers.layers.gru({
    ...{ units: 5, recurrentActivation: "sigmoid" },
    ...{ kernelInitializer: "zeros", recurrentInitializer: "zeros" },
  });
  layer.apply(input);
  layer.setWeights([kernel, recurrent, tf.reshape(bias, [-1])]);
  const expected = (layer.apply(input) as Tensor2D).dataSync();
  const found = network.describe(tf, [kernel, recurrent, bias], input).dataSync();
  expect(largestDifference(found, expected)).toBeLessThan(1e-6);
});

test("the convolutional network is the convolution that TensorFlow.js calls conv1d", () => {
  const network = convolutionNetwork(shape, [5], 3);
  const weights = initialWeights(network.parameters, random);
  const input = tf.tensor3d(values, [rowCount, shape.steps, shape.columns]);
  const padded = tf.pad3d(input, [
    [0, 0],
    [2, 0],
    [0, 0],
  ]);
  const filter = tf.tensor3d(weights[0], [3, shape.columns, 5]);
  const convolved = tf.relu(tf.conv1d(padded, filter, 1, "valid"));
  const expected = tf.concat2d(
    [tf.reshape(tf.slice3d(convolved, [0, 5, 0], [rowCount, 1, 5]), [rowCount, 5]), tf.mean(convolved, 1)],
    1,
  );
  const parts = weights.map((data, at) => tf.tensor2d(data, [...network.parameters[at].dims]));
  expect(largestDifference(network.describe(tf, parts, input).dataSync(), expected.dataSync())).toBeLessThan(1e-5);
});

function largestDifference(one: ArrayLike<number>, other: ArrayLike<number>): number {
  expect(one.length).toBe(other.length);
  return Array.from(one, (value, at) => Math.abs(value - other[at])).reduce((most, each) => Math.max(most, each), 0);
}
