import type { Scalar, Tensor2D, Variable } from "@tensorflow/tfjs-core";
import { expect, test } from "vitest";
import { fitEncoding } from "../../../../packages/ml/src/learners/mlp/encoding.ts";
import { initialParameters, layOut } from "../../../../packages/ml/src/learners/mlp/layers.ts";
import { openTrainer } from "../../../../packages/ml/src/learners/mlp/trainer.ts";
import { tensorFlow } from "../../../../packages/ml/src/learners/window/tensor-flow.ts";
import { createPacer } from "../../../../packages/ml/src/pacer.ts";
import { createRandom } from "../../../../packages/ml/src/random/random.ts";
import { normal } from "../../fixtures/synthetic-table.ts";

const steps = 12;
const learningRate = 0.01;
const adamEpsilon = 1e-8;

test("TensorFlow.js, begun with the same weights, takes the same first steps as the training graph", async () => {
  const random = createRandom(11);
  const [rowCount, columnCount, classCount] = [64, 5, 3];
  const values = Float32Array.from({ length: rowCount * columnCount }, () => normal(random));
  const labels = Int32Array.from({ length: rowCount }, () => random.below(classCount));
  const weights = new Float32Array(rowCount).fill(1);
  const samples = { rowCount, columnCount, classCount, values, labels, weights };
  const encoding = fitEncoding(samples, 0);
  const network = layOut([encoding.outputColumns, 16, 8, classCount], 1);
  const initial = initialParameters(network, random);

  // One batch holds all rows, so that their order does not count.
  const trainer = await openTrainer(
    samples,
    network,
    encoding,
    initial.slice(),
    {
      ...{ hiddenUnits: [16, 8], members: 1, bins: 0, epochs: steps, batchSize: rowCount, learningRate },
      ...{ schedule: "constant", warmUp: 0, weightDecay: 0, dropout: 0, labelSmoothing: 0 },
      ...{ stopOn: "loss", patience: steps },
    },
    1,
    random,
  );
  const graphLosses: number[] = [];
  for (let epoch = 1; epoch <= steps; epoch++) graphLosses.push((await trainer.runEpoch(epoch, createPacer())).loss);
  await trainer.close();

  const tf = await tensorFlow();
  const layers = network.layers.map(({ inputs, outputs, weights: own, biases }) => ({
    matrix: tf.variable(tf.tensor2d(initial.slice(own.start, own.end), [outputs, inputs])),
    bias: tf.variable(tf.tensor2d(initial.slice(biases.start, biases.end), [1, outputs])),
  }));
  const optimizer = tf.train.adam(learningRate, 0.9, 0.999, adamEpsilon);
  const tensorFlowLosses = Array.from({ length: steps }, () => {
    const loss = optimizer.minimize(
      () => {
        let activations: Tensor2D = tf.tensor2d(values, [rowCount, columnCount]);
        for (const [place, { matrix, bias }] of layers.entries()) {
          const scores = tf.add(tf.matMul(activations, matrix as Tensor2D & Variable, false, true), bias) as Tensor2D;
          activations = place < layers.length - 1 ? tf.relu(scores) : scores;
        }
        const wanted = tf.oneHot(tf.tensor1d(labels, "int32"), classCount);
        return tf.div(tf.neg(tf.sum(tf.mul(tf.logSoftmax(activations), wanted))), rowCount) as Scalar;
      },
      true,
      layers.flatMap(({ matrix, bias }) => [matrix, bias]),
    );
    return loss?.dataSync()[0] ?? Number.NaN;
  });

  expect(graphLosses[steps - 1]).toBeLessThan(graphLosses[0] - 0.1);
  for (const [step, loss] of graphLosses.entries()) expect(Math.abs(loss - tensorFlowLosses[step])).toBeLessThan(1e-4);
});
