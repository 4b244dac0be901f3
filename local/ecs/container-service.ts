import { randomUUID } from "node:crypto";
import type { LogFile } from "../process/log-file.ts";
import { stopProcess } from "../process/stop-process.ts";
import type { TaskDefinition, TaskOverrides } from "./task-definition.ts";
import { startTaskProcess, type TaskProcess } from "./task-process.ts";

export type TaskStatus = "PROVISIONING" | "RUNNING" | "STOPPED";

/** A task as ECS describes it; times in milliseconds since the epoch. */
export interface TaskView {
  readonly taskArn: string;
  readonly clusterArn: string;
  readonly definition: TaskDefinition;
  readonly lastStatus: TaskStatus;
  readonly createdAt: number;
  readonly startedAt?: number;
  readonly stoppedAt?: number;
  readonly stopCode?: "EssentialContainerExited" | "UserInitiated" | "TaskFailedToStart";
  readonly stoppedReason?: string;
  readonly exitCode?: number;
  readonly containerReason?: string;
}

interface Task {
  view: TaskView;
  readonly overrides: TaskOverrides;
  readonly stopped: PromiseWithResolvers<TaskView>;
  process?: TaskProcess;
}

const maxWaiting = 1_000;
const maxKept = 200;

/** More tasks wait than are allowed to. */
export class CapacityError extends Error {
  constructor() {
    super(`RESOURCE:CAPACITY: ${maxWaiting} tasks wait`);
    this.name = "ECS.AmazonECSException";
  }
}

/** Runs container tasks as child processes, a few at once; the others wait in PROVISIONING in the order they came. */
export class ContainerService {
  readonly #maxRunning: number;
  readonly #logOf: (definition: TaskDefinition) => LogFile;
  readonly #tasks = new Map<string, Task>();
  #closed = false;

  constructor(logOf: (definition: TaskDefinition) => LogFile, maxRunning = 1) {
    this.#logOf = logOf;
    this.#maxRunning = maxRunning;
  }

  /** @throws CapacityError */
  run(definition: TaskDefinition, clusterArn: string, overrides: TaskOverrides): TaskView {
    if (this.#closed || this.#with("PROVISIONING").length >= maxWaiting) throw new CapacityError();
    const taskArn = `${clusterArn.replace(":cluster/", ":task/")}/${randomUUID().replaceAll("-", "")}`;
    const stopped = Promise.withResolvers<TaskView>();
    const view: TaskView = { taskArn, clusterArn, definition, lastStatus: "PROVISIONING", createdAt: Date.now() };
    this.#tasks.set(taskArn, { view, overrides, stopped });
    this.#startNext();
    return this.#tasks.get(taskArn)!.view;
  }

  get(taskArn: string): TaskView | undefined {
    return this.#tasks.get(taskArn)?.view;
  }

  /** Resolves with the task once it has stopped; undefined where there is none. */
  async stopped(taskArn: string): Promise<TaskView | undefined> {
    return this.#tasks.get(taskArn)?.stopped.promise;
  }

  /**
   * Stops a task: SIGTERM, then SIGKILL after the container's stop time-out or `graceMilliseconds`.
   * Resolves once it has stopped.
   */
  async stop(taskArn: string, reason: string, graceMilliseconds?: number): Promise<TaskView | undefined> {
    const task = this.#tasks.get(taskArn);
    if (!task) return undefined;
    if (task.view.lastStatus !== "STOPPED" && task.view.stopCode === undefined) {
      task.view = { ...task.view, stopCode: "UserInitiated", stoppedReason: reason };
      if (task.process) {
        await stopProcess(task.process.child, graceMilliseconds ?? task.view.definition.stopTimeoutSeconds * 1000);
      } else this.#ended(task, {});
    }
    return task.stopped.promise;
  }

  /** Stops every task within the grace. */
  async close(graceMilliseconds = 2_000): Promise<void> {
    this.#closed = true;
    const open = [...this.#tasks.values()].filter(({ view }) => view.lastStatus !== "STOPPED");
    await Promise.all(open.map(({ view }) => this.stop(view.taskArn, "the local stack stopped", graceMilliseconds)));
  }

  #with(status: TaskStatus): Task[] {
    return [...this.#tasks.values()].filter(({ view }) => view.lastStatus === status);
  }

  #startNext(): void {
    while (!this.#closed && this.#with("RUNNING").length < this.#maxRunning) {
      const [task] = this.#with("PROVISIONING");
      if (!task) return;
      const { definition } = task.view;
      task.process = startTaskProcess(definition, task.overrides, this.#logOf(definition));
      task.view = { ...task.view, lastStatus: "RUNNING", startedAt: Date.now() };
      void task.process.ended.then((end) => this.#ended(task, end));
    }
  }

  #ended(task: Task, end: { readonly exitCode?: number; readonly reason?: string }): void {
    task.view = {
      ...task.view,
      lastStatus: "STOPPED",
      stoppedAt: Date.now(),
      stopCode: task.view.stopCode ?? "EssentialContainerExited",
      stoppedReason: task.view.stoppedReason ?? "Essential container in task exited",
      ...(end.exitCode === undefined ? {} : { exitCode: end.exitCode }),
      ...(end.reason === undefined ? {} : { containerReason: end.reason }),
    };
    task.stopped.resolve(task.view);
    for (const old of this.#with("STOPPED").slice(0, -maxKept)) this.#tasks.delete(old.view.taskArn);
    this.#startNext();
  }
}
