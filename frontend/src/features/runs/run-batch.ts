import type { RunView } from "@systemhealer/contract/run";
import { isMoving } from "../../lib/queries.ts";

/** Those of the runs that can still be stopped. */
export const cancellable = (runs: readonly RunView[]): RunView[] => runs.filter(isMoving);

/** Those of the runs that can be started again. */
export const retryable = (runs: readonly RunView[]): RunView[] =>
  runs.filter(({ status }) => status === "failed" || status === "cancelled");

/** Those of the runs that can be taken away with their results. */
export const deletable = (runs: readonly RunView[]): RunView[] => runs.filter((run) => !isMoving(run));
