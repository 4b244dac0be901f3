import { runView } from "@systemhealer/domain/run";
import { cancelRun as cancel } from "@systemhealer/domain/use-cases/cancel-run";
import type { Handler } from "../services.ts";

export const cancelRun: Handler<"cancelRun"> = async ({ path }, { workspaceId, userId }, services) =>
  runView(await cancel(services, workspaceId, path.runId, userId));
