import { Barrier } from "../../../workers/barrier.ts";
import type { BoostingPlan } from "./boosting-plan.ts";
import type { GrownTree } from "./grown-tree.ts";
import { TreeGrower } from "./tree-grower.ts";

const nextTreeIndex = 2;
const stopIndex = 3;
const controlWords = 4;

export interface BoostingTask {
  readonly plan: BoostingPlan;
  readonly control: Int32Array;
  readonly threads: number;
  readonly thread: number;
}

export interface NumberedTree {
  /** round × trees per round + place in the round */
  readonly number: number;
  readonly tree: GrownTree;
}

export function createControl(): Int32Array {
  return new Int32Array(new SharedArrayBuffer(controlWords * 4));
}

/**
 * A thread's part of the training. In each round the threads compute the probabilities of their share of the rows,
 * then take one class after another and grow its tree. Which thread grows a tree makes no difference to it.
 */
export class BoostingMember {
  readonly barrier: Barrier;
  readonly trees: NumberedTree[] = [];
  readonly #task: BoostingTask;
  readonly #grower: TreeGrower;
  readonly #labels: readonly number[];

  constructor(task: BoostingTask) {
    this.#task = task;
    this.barrier = new Barrier(task.control, task.threads);
    this.#grower = new TreeGrower(task.plan, task.thread);
    this.#labels = labelsOf(task.plan.classCount);
  }

  updateProbabilities(): void {
    const { plan, threads, thread } = this.#task;
    const blocks = plan.addresses.paddedRows / 4;
    const bound = (part: number) => Math.floor((blocks * part) / threads) * 4;
    this.#grower.updateProbabilities(bound(thread), bound(thread + 1));
  }

  /** To be called by one thread while the others wait. */
  prepareRound(stop: boolean): void {
    Atomics.store(this.#task.control, nextTreeIndex, 0);
    Atomics.store(this.#task.control, stopIndex, stop ? 1 : 0);
  }

  get stopped(): boolean {
    return Atomics.load(this.#task.control, stopIndex) === 1;
  }

  /** Grows a tree that nobody has begun; false where none is left in this round. */
  growNext(round: number): boolean {
    const place = Atomics.add(this.#task.control, nextTreeIndex, 1);
    if (place >= this.#labels.length) return false;
    const tree = this.#grower.grow(round, this.#labels[place]);
    this.trees.push({ number: round * this.#labels.length + place, tree });
    return true;
  }
}

/** Classes that get a tree in each round: all, or of two the second, whose margin is then the log-odds. */
export function labelsOf(classCount: number): number[] {
  return classCount === 2 ? [1] : [...Array(classCount).keys()];
}
