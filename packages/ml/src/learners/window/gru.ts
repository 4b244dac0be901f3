import type { Learner } from "../learner.ts";
import { windowClassifier } from "./classifier.ts";
import { recurrentNetwork } from "./recurrent-network.ts";
import { shapeOf } from "./shape-of.ts";
import { trainClassifier } from "./train-classifier.ts";
import type { GruSettings } from "./window-settings.ts";

/** Gated recurrent units that read a window from its oldest row to its latest. */
export const gru: Learner<GruSettings> = {
  name: "gru",
  async fit(training, validation, settings, options) {
    const shape = shapeOf(training, settings);
    const network = recurrentNetwork(shape, settings.units);
    return trainClassifier(windowClassifier(network, shape), shape, training, validation, settings, options);
  },
};
