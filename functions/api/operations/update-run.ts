import { runView } from "@systemhealer/domain/run";
import { annotationBy } from "../annotation-by.ts";
import type { Handler } from "../services.ts";

export const updateRun: Handler<"updateRun"> = async ({ path, body }, caller, { runs, clock }) =>
  runView(await runs.annotate(caller.workspaceId, path.runId, annotationBy(caller, body, clock())));
