import { useCallback } from "react";
import { useTranslation } from "react-i18next";
import { notify } from "./notifications.tsx";
import { useErrorText } from "./use-error-text.ts";

/** A record with which something could not be done, and why. */
export interface Failure {
  readonly name: string;
  readonly error: unknown;
}

/** Says of each record with which something could not be done, why. */
export function useFailures(): (failed: readonly Failure[]) => void {
  const { t } = useTranslation();
  const errorText = useErrorText();
  return useCallback(
    (failed) => {
      for (const { name, error } of failed) {
        notify({ type: "error", text: t("common.fact", { name, value: errorText(error) }) });
      }
    },
    [t, errorText],
  );
}
