import { useCallback } from "react";
import { useTranslation } from "react-i18next";
import { actOnEach } from "../lib/act-on-each.ts";
import { notify } from "./notifications.tsx";
import { useFailures } from "./use-failures.ts";
import { useUndoable } from "./use-undoable.ts";

export interface Deletion<R extends { readonly name: string }> {
  readonly records: readonly R[];
  readonly idOf: (record: R) => string;
  readonly deleteOne: (record: R) => Promise<unknown>;
  /** Once all were tried. */
  readonly refresh: () => Promise<unknown>;
  readonly onUndo?: (() => void) | undefined;
}

/** Deletes records once the time for an undo is over; one that cannot be deleted is named and keeps none of the others. */
export function useDeleteEach(): <R extends { readonly name: string }>(deletion: Deletion<R>) => void {
  const { t } = useTranslation();
  const sayFailures = useFailures();
  const undoable = useUndoable();
  return useCallback(
    ({ records, idOf, deleteOne, refresh, onUndo }) => {
      const listed = (some: typeof records) => some.map(({ name }) => name).join(t("common.comma"));
      undoable({
        ids: records.map(idOf),
        text: t("common.deleting", { name: listed(records) }),
        ...(onUndo && { onUndo }),
        commit: async () => {
          const { done, failed } = await actOnEach(records, async (record) => {
            await deleteOne(record);
            return record;
          });
          await refresh();
          sayFailures(failed);
          if (done.length > 0) notify({ type: "success", text: t("common.deleted", { name: listed(done) }) });
        },
      });
    },
    [t, sayFailures, undoable],
  );
}
