import { parentPort, workerData } from "node:worker_threads";
import { mix } from "../mix.ts";
import type { ForestTask, GrownForestTree } from "./fit-forest.ts";
import { ForestGrower } from "./forest-grower.ts";

// Thread of a forest; `fit-forest.ts` starts it, and gets each tree as soon as it has grown.

const { rows, settings, seed, thread, nextTree } = workerData as ForestTask;
const grower = new ForestGrower(rows, settings, thread);

for (let number = Atomics.add(nextTree, 0, 1); number < settings.trees; number = Atomics.add(nextTree, 0, 1)) {
  parentPort!.postMessage({ number, tree: grower.grow(mix(seed, number)) } satisfies GrownForestTree);
}
