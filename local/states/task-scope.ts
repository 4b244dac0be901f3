import type { Json } from "../template/json.ts";
import { TaskFailedError } from "./execution.ts";
import type { InterpreterEvent } from "./history.ts";

/** How long after its time-out a task is told; the interpreter has then failed the state itself. */
const afterTimeoutMilliseconds = 100;

/**
 * The tasks of one execution. The interpreter tells a task neither that its time is up nor that a sibling in its Map
 * failed, and would start those that still wait: here they are stopped, or never begin.
 */
export class TaskScope {
  readonly #execution = new AbortController();
  readonly #failedParents = new Set<string>();
  readonly #tasks = new Set<{ readonly around: readonly string[]; readonly controller: AbortController }>();
  readonly #settling = new Set<Promise<unknown>>();

  /** @param around names of the Map and Parallel states around the task. */
  run(
    around: readonly string[],
    timeoutMilliseconds: number,
    task: (signal: AbortSignal) => Promise<Json>,
  ): Promise<Json> {
    if (this.#execution.signal.aborted || around.some((name) => this.#failedParents.has(name))) {
      return Promise.reject(new TaskFailedError("States.Runtime", "nobody waits for this task", { terminal: true }));
    }
    const controller = new AbortController();
    const entry = { around, controller };
    this.#tasks.add(entry);
    const onEnd = (): void => controller.abort();
    this.#execution.signal.addEventListener("abort", onEnd, { once: true });
    const timer = setTimeout(onEnd, timeoutMilliseconds + afterTimeoutMilliseconds);
    const result = task(controller.signal).finally(() => {
      clearTimeout(timer);
      this.#execution.signal.removeEventListener("abort", onEnd);
      this.#tasks.delete(entry);
    });
    const settled = result.catch(() => undefined).finally(() => this.#settling.delete(settled));
    this.#settling.add(settled);
    return result;
  }

  observe(event: InterpreterEvent): void {
    if (!event.state || !["Map", "Parallel"].includes(event.state.type)) return;
    const { name } = event.state;
    if (event.type === "StateEntered") this.#failedParents.delete(name);
    if (event.type !== "StateFailed") return;
    this.#failedParents.add(name);
    for (const { around, controller } of this.#tasks) if (around.includes(name)) controller.abort();
  }

  /** The execution has ended: its tasks stop. */
  close(): void {
    this.#execution.abort();
  }

  /** Resolves when no task runs any more. */
  async idle(): Promise<void> {
    await Promise.all(this.#settling);
  }
}
