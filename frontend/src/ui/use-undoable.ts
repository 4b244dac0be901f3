import { useCallback, useSyncExternalStore } from "react";
import { useTranslation } from "react-i18next";
import { commitLater } from "../lib/delayed-commit.ts";
import { ExternalStore } from "../lib/external-store.ts";
import { dismiss, notify } from "./notifications.tsx";
import { useErrorText } from "./use-error-text.ts";

/** Time in which an action can be undone. */
const undoMilliseconds = 10_000;

const pending = new ExternalStore<ReadonlySet<string>>(new Set());

export interface UndoableAction {
  /** Records that look as if it were done already. */
  readonly ids: readonly string[];
  /** What the toast says while it can be undone. */
  readonly text: string;
  /** What the toast says afterwards. */
  readonly doneText?: string;
  readonly commit: () => Promise<void>;
  readonly onUndo?: () => void;
}

/**
 * Does an action only after ten seconds, in which a toast offers to undo it. Whoever closes the page before has not
 * done it.
 */
export function useUndoable(): (action: UndoableAction) => void {
  const { t } = useTranslation();
  const errorText = useErrorText();
  return useCallback(
    ({ ids, text, doneText, commit, onUndo }) => {
      pending.update((set) => new Set([...set, ...ids]));
      const release = () => pending.update((set) => new Set([...set].filter((id) => !ids.includes(id))));
      const delayed = commitLater(() => {
        dismiss(toast);
        commit()
          .then(() => doneText && notify({ type: "success", text: doneText }))
          .catch((error: unknown) => notify({ type: "error", text: errorText(error) }))
          .finally(release);
      }, undoMilliseconds);
      const undo = () => {
        if (!delayed.undo()) return;
        dismiss(toast);
        release();
        onUndo?.();
        notify({ type: "info", text: t("common.undone") });
      };
      const action = { label: t("common.undo"), run: undo };
      const toast = notify({ type: "warning", text, action }, undoMilliseconds + 500);
    },
    [t, errorText],
  );
}

/** Ids of records on which an action waits for its ten seconds. */
export const usePendingIds = (): ReadonlySet<string> => useSyncExternalStore(pending.subscribe, pending.get);
