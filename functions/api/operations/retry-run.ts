import { runView } from "@systemhealer/domain/run";
import { retryRun as retry } from "@systemhealer/domain/use-cases/retry-run";
import type { Handler } from "../services.ts";

export const retryRun: Handler<"retryRun"> = async ({ path }, { workspaceId, userId: createdBy }, services) =>
  runView(await retry(services, { workspaceId, runId: path.runId, createdBy }, services.limits));
