import type { ModelView } from "@systemhealer/contract/model";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { useLists } from "../../i18n/use-lists.ts";
import { useServices } from "../../lib/services.ts";
import { notify } from "../../ui/notifications.tsx";
import { useDeleteEach } from "../../ui/use-delete-each.ts";
import { useErrorText } from "../../ui/use-error-text.ts";
import { useReversible } from "../../ui/use-reversible.ts";

/** All that names models is asked for anew. */
function useRefresh(): () => Promise<void> {
  const queryClient = useQueryClient();
  return async () => {
    const keys = [["models"], ["model"], ["session"]];
    await Promise.all(keys.map((queryKey) => queryClient.invalidateQueries({ queryKey, refetchType: "active" })));
  };
}

/** Makes a model the active one; undone by making the former one active again. */
export function useActivate() {
  const { t } = useTranslation();
  const { client } = useServices();
  const refresh = useRefresh();
  const errorText = useErrorText();
  const reversible = useReversible();
  return useMutation({
    mutationFn: ({ modelId }: ModelView) => client.call("activateModel", { modelId }),
    onSuccess: async ({ name, formerActiveModelId: former, modelId }) => {
      await refresh();
      const revert = async () => {
        if (former) await client.call("activateModel", { modelId: former });
        await refresh();
      };
      reversible({
        doneText: t("models.isActive", { name }),
        undoneText: t("common.undone"),
        ...(former && former !== modelId && { revert }),
      });
    },
    onError: (error) => notify({ type: "error", text: errorText(error) }),
  });
}

/** Deletes models that nothing needs once the time for an undo is over; says of the others what needs them. */
export function useDeleteModels(): (models: readonly ModelView[], onUndo?: () => void) => void {
  const { t } = useTranslation();
  const lists = useLists();
  const { client } = useServices();
  const refresh = useRefresh();
  const deleteEach = useDeleteEach();
  return (models, onUndo) => {
    for (const { name, usedBy } of models) {
      if (usedBy.length === 0) continue;
      const users = usedBy.map((id) => (id === "active" ? t("models.theActive") : t("models.aRun", { id })));
      notify({ type: "warning", text: t("models.inUse", { name, user: lists.names(users) }) });
    }
    const free = models.filter(({ usedBy }) => usedBy.length === 0);
    if (free.length === 0) return;
    deleteEach({
      records: free,
      idOf: ({ modelId }) => modelId,
      deleteOne: ({ modelId }) => client.call("deleteModel", { modelId }),
      refresh,
      onUndo,
    });
  };
}
