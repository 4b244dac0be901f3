import type { DatasetView } from "@systemhealer/contract/dataset";
import { useQueryClient } from "@tanstack/react-query";
import { useServices } from "../../lib/services.ts";
import { useDeleteEach } from "../../ui/use-delete-each.ts";

/** Deletes data sets once the time for an undo is over. */
export function useDeleteDatasets(): (datasets: readonly DatasetView[], onUndo?: () => void) => void {
  const { client } = useServices();
  const queryClient = useQueryClient();
  const deleteEach = useDeleteEach();
  return (datasets, onUndo) =>
    deleteEach({
      records: datasets,
      idOf: ({ datasetId }) => datasetId,
      deleteOne: ({ datasetId }) => client.call("deleteDataset", { datasetId }),
      refresh: () => queryClient.invalidateQueries({ queryKey: ["datasets"] }),
      onUndo,
    });
}
