import { randomUUID } from "node:crypto";
import { join } from "node:path";
import { writeFileAtomically } from "../process/write-file-atomically.ts";
import type { Json } from "../template/json.ts";

export interface DeadLetter {
  readonly target: string;
  readonly event: Json;
  readonly error: string;
  readonly attempts: number;
}

/** Keeps what no target took as JSON files, one folder for each queue. */
export class DeadLetters {
  readonly #directory: string;

  constructor(directory: string) {
    this.#directory = directory;
  }

  /** @param queueArn undefined where the template names no queue: then nothing is kept. */
  put(queueArn: string | undefined, letter: DeadLetter): void {
    if (queueArn === undefined) return;
    const time = new Date().toISOString();
    const path = join(
      this.#directory,
      queueArn.split(":").at(-1)!,
      `${time.replaceAll(":", "-")}-${randomUUID()}.json`,
    );
    writeFileAtomically(path, `${JSON.stringify({ time, ...letter }, null, 2)}\n`);
  }
}
