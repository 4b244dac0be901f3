import type { Table } from "../table/table.ts";
import { type ClimbOptions, climb } from "./climb.ts";
import { type TrainedModel, type TrainModelOptions, trainModel } from "./train-model.ts";
import type { TrainingSettings } from "./training-settings.ts";

export type TrainWithLadderOptions = TrainModelOptions & Pick<ClimbOptions, "onNext" | "attemptSeconds">;

/**
 * Trains as ordered; what does not converge, or is too much for memory or time, is tried again more carefully and then
 * with other learners. Where there was more than one try, the report tells of all.
 * @throws TrainingError, FitError
 */
export async function trainWithLadder(
  table: Table,
  order: TrainingSettings,
  { onNext, attemptSeconds, ...options }: TrainWithLadderOptions,
): Promise<TrainedModel> {
  const { signal, now } = options;
  const { result, attempts } = await climb(
    order,
    (settings, bounded) => trainModel(table, settings, { ...options, ...(bounded && { signal: bounded }) }),
    { ...(onNext && { onNext }), ...(attemptSeconds !== undefined && { attemptSeconds }), ...(now && { now }), signal },
  );
  return attempts.length === 1 ? result : { ...result, report: { ...result.report, attempts } };
}
