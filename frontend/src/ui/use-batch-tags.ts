import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { actOnEach } from "../lib/act-on-each.ts";
import { withTags } from "../lib/tags.ts";
import type { Annotated, Write } from "./use-annotate.ts";
import { useFailures } from "./use-failures.ts";
import { useReversible } from "./use-reversible.ts";

/** Gives several records the same tags besides their own; undone by writing back what each had. */
export function useBatchTags<R extends Annotated>(records: readonly R[], writeOf: (record: R) => Write) {
  const { t } = useTranslation();
  const queryClient = useQueryClient();
  const reversible = useReversible();
  const sayFailures = useFailures();
  return useMutation({
    mutationFn: (tags: readonly string[]) =>
      actOnEach(records, async (record) => {
        const change = { tags: withTags(record.tags ?? [], tags), revision: record.revision ?? 0 };
        return { record, changed: await writeOf(record)(change) };
      }),
    onSuccess: async ({ done, failed }) => {
      await queryClient.invalidateQueries();
      sayFailures(failed);
      if (done.length === 0) return;
      reversible({
        doneText: t("common.annotate.tagged", { number: done.length }),
        undoneText: t("common.annotate.untagged", { number: done.length }),
        revert: async () => {
          for (const { record, changed } of done) {
            await writeOf(record)({ tags: [...(record.tags ?? [])], revision: changed.revision ?? 0 });
          }
          await queryClient.invalidateQueries();
        },
      });
    },
  });
}
