import { useCallback } from "react";
import { useTranslation } from "react-i18next";
import { dismiss, notify } from "./notifications.tsx";
import { useErrorText } from "./use-error-text.ts";

/** Time in which a change can be taken back. */
const undoMilliseconds = 10_000;

export interface ReversibleChange {
  /** What the toast says once it is done. */
  readonly doneText: string;
  readonly undoneText: string;
  /** Takes the change back; without it nothing can be undone. */
  readonly revert?: () => Promise<unknown>;
}

/** Says that a change is done, and offers for ten seconds to take it back. */
export function useReversible(): (change: ReversibleChange) => void {
  const { t } = useTranslation();
  const errorText = useErrorText();
  return useCallback(
    ({ doneText, undoneText, revert }) => {
      if (!revert) {
        notify({ type: "success", text: doneText });
        return;
      }
      const undo = () => {
        dismiss(toast);
        revert()
          .then(() => notify({ type: "info", text: undoneText }))
          .catch((error: unknown) => notify({ type: "error", text: errorText(error) }));
      };
      const action = { label: t("common.undo"), run: undo };
      const toast = notify({ type: "success", text: doneText, action }, undoMilliseconds);
    },
    [t, errorText],
  );
}
