import { createPacer } from "../../../pacer.ts";
import type { Samples } from "../../learner.ts";
import { mix } from "../mix.ts";
import type { Tree, TreeEnsemble } from "../tree.ts";
import { ForestGrower } from "./forest-grower.ts";
import { layOutForestRows } from "./forest-rows.ts";
import type { ForestSettings } from "./forest-settings.ts";

/**
 * The trees of `fitForest`, grown in this thread one after the other: for small forests, which take less time than a
 * thread takes to start.
 * @param training raw float32 values, NaN for a gap
 * @throws FitError "out-of-memory"; the signal's reason once it is aborted
 */
export async function growForest(
  training: Samples,
  settings: ForestSettings,
  seed: number,
  signal?: AbortSignal,
): Promise<TreeEnsemble> {
  const { columnCount, classCount } = training;
  const pacer = createPacer(signal);
  const grower = new ForestGrower(layOutForestRows(training, settings, 1), settings, 0);
  const trees: Tree[] = [];
  for (let number = 0; number < settings.trees; number++) {
    await pacer.giveWay();
    trees.push(grower.grow(mix(seed, number)));
  }
  return { columnCount, outputCount: classCount, base: new Float32Array(classCount), trees };
}
