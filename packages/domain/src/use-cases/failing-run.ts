import { failureOf } from "../failure.ts";
import type { Ports } from "../ports/ports.ts";
import { failRun } from "../run.ts";
import { type EndRunPorts, endRun } from "./end-run.ts";

/**
 * Does a run's work; what makes it fail is written on the run in words before the error goes on. An error without
 * words of its own is left to whoever catches it: it may be worth another try.
 */
export async function failingRun<T>(
  ports: EndRunPorts & Pick<Ports, "clock">,
  run: { readonly workspaceId: string; readonly runId: string },
  work: () => Promise<T>,
): Promise<T> {
  try {
    return await work();
  } catch (error) {
    const failure = failureOf(error);
    if (failure.code !== "internal") {
      const at = ports.clock().toISOString();
      await endRun(ports, run.workspaceId, run.runId, (stored) => failRun(stored, failure, at));
    }
    throw error;
  }
}
