import { rmSync } from "node:fs";
import { exitCode } from "./exit-code.ts";

/** Ctrl-C or a request to end. */
export class InterruptedError extends Error {
  override readonly name = "InterruptedError";
  readonly exitCode: typeof exitCode.interrupted | typeof exitCode.terminated;

  constructor(signal: "SIGINT" | "SIGTERM") {
    super(signal);
    this.exitCode = signal === "SIGINT" ? exitCode.interrupted : exitCode.terminated;
  }
}

const halfWritten = new Set<string>();

/** Removes a file, should the process end before `forget`. */
export function removeOnExit(path: string): void {
  halfWritten.add(path);
}

export function forget(path: string): void {
  halfWritten.delete(path);
}

/** What a command may take to leave in order. */
const longestStopMilliseconds = 3_000;

/** @returns a signal that is aborted by Ctrl-C or SIGTERM; a second one ends the process at once */
export function watchInterrupts(): AbortSignal {
  const controller = new AbortController();
  for (const name of ["SIGINT", "SIGTERM"] as const) {
    process.on(name, () => {
      const reason = new InterruptedError(name);
      if (controller.signal.aborted) process.exit(reason.exitCode);
      setTimeout(() => process.exit(reason.exitCode), longestStopMilliseconds).unref();
      controller.abort(reason);
    });
  }
  process.on("exit", () => {
    for (const path of halfWritten) rmSync(path, { force: true });
  });
  return controller.signal;
}
