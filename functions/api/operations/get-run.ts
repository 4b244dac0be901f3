import { runView } from "@systemhealer/domain/run";
import type { Handler } from "../services.ts";

export const getRun: Handler<"getRun"> = async ({ path }, { workspaceId }, { runs }) =>
  runView(await runs.get(workspaceId, path.runId));
