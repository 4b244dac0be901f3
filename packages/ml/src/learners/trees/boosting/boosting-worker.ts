import { parentPort, workerData } from "node:worker_threads";
import { BoostingMember, type BoostingTask } from "./boosting-team.ts";

// Thread of a training by boosting; `fit-boosted-trees.ts` starts it, and gets the trees that it has grown.

const task = workerData as BoostingTask;
const member = new BoostingMember(task);

for (let round = 0; ; round++) {
  member.updateProbabilities();
  member.barrier.wait();
  member.barrier.wait();
  if (member.stopped) break;
  while (member.growNext(round));
  member.barrier.wait();
}
parentPort!.postMessage(member.trees);
