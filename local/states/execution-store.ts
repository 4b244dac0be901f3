import { mkdirSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { writeFileAtomically } from "../process/write-file-atomically.ts";
import type { ExecutionRecord } from "./execution.ts";

/** How many ended executions of one machine are kept. */
const maxKept = 2_000;

/** Executions of one state machine, one JSON file each. */
export class ExecutionStore {
  readonly #directory: string;
  readonly #records = new Map<string, ExecutionRecord>();

  /** Executions that were running when the local stack ended are failed. */
  constructor(directory: string) {
    this.#directory = directory;
    mkdirSync(directory, { recursive: true });
    for (const file of readdirSync(directory)) {
      if (!file.endsWith(".json")) {
        rmSync(join(directory, file), { force: true });
        continue;
      }
      const record = JSON.parse(readFileSync(join(directory, file), "utf8")) as ExecutionRecord;
      this.#records.set(record.name, record);
    }
    for (const record of this.newestFirst()) {
      if (record.status !== "RUNNING") continue;
      this.put({
        ...record,
        status: "FAILED",
        stopDate: Date.now(),
        error: "States.Runtime",
        cause: "the local stack stopped",
      });
    }
    this.#prune();
  }

  get(name: string): ExecutionRecord | undefined {
    return this.#records.get(name);
  }

  put(record: ExecutionRecord): void {
    writeFileAtomically(this.#path(record.name), JSON.stringify(record));
    this.#records.set(record.name, record);
    if (this.#records.size > maxKept * 1.5) this.#prune();
  }

  /**
   * Keeps how an execution ended. What cannot be written (no space left) is known until the local stack ends; after that
   * the execution counts as one that was running then.
   *
   * @returns why it could not be written.
   */
  end(record: ExecutionRecord): unknown {
    this.#records.set(record.name, record);
    try {
      this.put(record);
      return undefined;
    } catch (error) {
      return error;
    }
  }

  newestFirst(): ExecutionRecord[] {
    return [...this.#records.values()].sort((a, b) => b.startDate - a.startDate);
  }

  #prune(): void {
    const ended = this.newestFirst().filter(({ status }) => status !== "RUNNING");
    for (const { name } of ended.slice(maxKept)) {
      this.#records.delete(name);
      rmSync(this.#path(name), { force: true });
    }
  }

  #path(name: string): string {
    return join(this.#directory, `${name}.json`);
  }
}
