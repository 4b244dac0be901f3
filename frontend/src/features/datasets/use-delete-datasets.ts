import type { DatasetView } from "@systemhealer/contract/dataset";
import { useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { useServices } from "../../lib/services.ts";
import { useUndoable } from "../../ui/use-undoable.ts";

/** Deletes data sets once the time for an undo is over. */
export function useDeleteDatasets(): (datasets: readonly DatasetView[], onUndo?: () => void) => void {
  const { t } = useTranslation();
  const { client } = useServices();
  const queryClient = useQueryClient();
  const undoable = useUndoable();
  return (datasets, onUndo) => {
    const name = datasets.map((dataset) => dataset.name).join(", ");
    undoable({
      ids: datasets.map(({ datasetId }) => datasetId),
      text: t("data.deleting", { name }),
      doneText: t("data.deleted", { name }),
      ...(onUndo && { onUndo }),
      commit: async () => {
        try {
          for (const { datasetId } of datasets) await client.call("deleteDataset", { datasetId });
        } finally {
          await queryClient.invalidateQueries({ queryKey: ["datasets"] });
        }
      },
    });
  };
}
