import type { RunView } from "@systemhealer/contract/run";
import { isMoving } from "../../lib/queries.ts";

/** Those of the runs that can still be stopped. */
export const cancellable = (runs: readonly RunView[]): RunView[] => runs.filter(isMoving);

/** Those of the runs that can be started again. */
export const retryable = (runs: readonly RunView[]): RunView[] =>
  runs.filter(({ status }) => status === "failed" || status === "cancelled");

export interface BatchOutcome {
  readonly done: number;
  readonly failed: readonly { readonly name: string; readonly error: unknown }[];
}

/** Acts on one after the other; one that fails does not keep the others from it. */
export async function actOnEach(
  runs: readonly RunView[],
  act: (run: RunView) => Promise<unknown>,
): Promise<BatchOutcome> {
  let done = 0;
  const failed: { name: string; error: unknown }[] = [];
  for (const run of runs) {
    try {
      await act(run);
      done += 1;
    } catch (error) {
      failed.push({ name: run.name, error });
    }
  }
  return { done, failed };
}
