import { roleAllows } from "@systemhealer/contract/role";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { useQueries } from "../lib/use-queries.ts";

/** Of a button; nothing where it can be pressed. */
export interface Refusal {
  readonly disabled?: true;
  readonly disabledReason?: string;
}

/**
 * What a button that changes something is given: it is disabled, and says why, for whoever may only look, or for a
 * reason of its own. Until the reader's role is known it is disabled without a word.
 */
export function useRefusal(): (reason?: string) => Refusal {
  const { t } = useTranslation();
  const { data: session } = useQuery(useQueries().session());
  return (reason) => {
    if (!session) return { disabled: true };
    const disabledReason = roleAllows(session.role, "operator") ? reason : t("common.needsOperator");
    return disabledReason ? { disabled: true, disabledReason } : {};
  };
}
