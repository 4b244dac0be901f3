import type { AnnotationChange } from "@systemhealer/contract/annotations";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { useReversible } from "./use-reversible.ts";

/** A record on which people can write. */
export interface Annotated {
  readonly name: string;
  readonly notes?: string | undefined;
  readonly tags?: readonly string[] | undefined;
  readonly revision?: number | undefined;
}

/** Sends a change to the API. @returns the record as it is then */
export type Write = (change: AnnotationChange) => Promise<Annotated>;

/** Changes name, notes or tags; undone by writing back what was there. */
export function useAnnotate(record: Annotated, write: Write) {
  const { t } = useTranslation();
  const queryClient = useQueryClient();
  const reversible = useReversible();
  return useMutation({
    mutationFn: (change: Omit<AnnotationChange, "revision">) => write({ ...change, revision: record.revision ?? 0 }),
    onSuccess: async (changed) => {
      await queryClient.invalidateQueries();
      const { name, notes = "", tags = [] } = record;
      reversible({
        doneText: t("common.annotate.saved", { name: changed.name }),
        undoneText: t("common.annotate.reverted", { name }),
        revert: async () => {
          await write({ name, notes, tags: [...tags], revision: changed.revision ?? 0 });
          await queryClient.invalidateQueries();
        },
      });
    },
  });
}
