import type { Learner } from "../learner.ts";
import { windowClassifier } from "./classifier.ts";
import { convolutionNetwork } from "./convolution-network.ts";
import { shapeOf } from "./shape-of.ts";
import { trainClassifier } from "./train-classifier.ts";
import type { CnnSettings } from "./window-settings.ts";

/** Convolutions over the time of a window. */
export const cnn: Learner<CnnSettings> = {
  name: "cnn",
  async fit(training, validation, settings, options) {
    const shape = shapeOf(training, settings);
    const network = convolutionNetwork(shape, settings.channels, settings.kernel);
    return trainClassifier(windowClassifier(network, shape), shape, training, validation, settings, options);
  },
};
