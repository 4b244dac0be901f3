import type { RunView } from "@systemhealer/contract/run";
import { useQueryClient } from "@tanstack/react-query";
import { useServices } from "../../lib/services.ts";
import { useDeleteEach } from "../../ui/use-delete-each.ts";

/** Deletes runs that have ended, with their results, once the time for an undo is over. */
export function useDeleteRuns(): (runs: readonly RunView[], onUndo?: () => void) => void {
  const { client } = useServices();
  const queryClient = useQueryClient();
  const deleteEach = useDeleteEach();
  return (runs, onUndo) =>
    deleteEach({
      records: runs,
      idOf: ({ runId }) => runId,
      deleteOne: ({ runId }) => client.call("deleteRun", { runId }),
      refresh: () => queryClient.invalidateQueries({ queryKey: ["runs"] }),
      onUndo,
    });
}
