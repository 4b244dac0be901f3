import type { ChildProcess } from "node:child_process";

/** Ends a child: SIGTERM, and SIGKILL when it is still there after the grace. Resolves once it is gone. */
export async function stopProcess(child: ChildProcess, graceMilliseconds: number): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null || child.pid === undefined) return;
  const gone = new Promise<void>((resolve) => child.once("exit", () => resolve()));
  child.kill("SIGTERM");
  const timer = setTimeout(() => child.kill("SIGKILL"), graceMilliseconds);
  await gone;
  clearTimeout(timer);
}
