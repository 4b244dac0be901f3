import type { Handler } from "../services.ts";

export const getRunQueue: Handler<"getRunQueue"> = async ({ path }, { workspaceId }, { runs }) => {
  const run = await runs.get(workspaceId, path.runId);
  const { queued, running } = await runs.countBefore(workspaceId, path.runId);
  return { position: run.status === "queued" ? queued + 1 : null, running };
};
