import Button from "@cloudscape-design/components/button";
import type { AuditEntryView } from "@systemhealer/contract/audit";
import { useMutation } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { useFormats } from "../../i18n/use-formats.ts";
import { csvOf } from "../../lib/csv.ts";
import type { AuditFilter } from "../../lib/queries.ts";
import { saveText } from "../../lib/save-file.ts";
import { useServices } from "../../lib/services.ts";
import { notify } from "../../ui/notifications.tsx";
import { useErrorText } from "../../ui/use-error-text.ts";
import { auditLines } from "./audit-rows.ts";

const perCall = 100;
const mostEntries = 10_000;

/** Saves all entries that the filter admits, not only those in sight. */
export function AuditDownload({ filter }: { readonly filter: AuditFilter }) {
  const { t } = useTranslation();
  const formats = useFormats();
  const { client } = useServices();
  const errorText = useErrorText();
  const saving = useMutation({
    mutationFn: async () => {
      const entries: AuditEntryView[] = [];
      let cursor: string | undefined;
      do {
        const query = { limit: perCall, ...filter, ...(cursor && { cursor }) };
        const page = await client.call("listAudit", { query });
        entries.push(...page.items);
        cursor = page.nextCursor;
      } while (cursor !== undefined && entries.length < mostEntries);
      return { entries: entries.slice(0, mostEntries), isCut: cursor !== undefined };
    },
    onSuccess: ({ entries, isCut }) => {
      const day = new Date().toISOString().slice(0, 10);
      saveText(`audit-${day}.csv`, "text/csv;charset=utf-8", csvOf(auditLines(entries)));
      if (isCut) notify({ type: "warning", text: t("admin.audit.cut", { most: formats.integer(mostEntries) }) });
    },
    onError: (error) => notify({ type: "error", text: errorText(error) }),
  });
  return (
    <Button iconName="download" loading={saving.isPending} onClick={() => saving.mutate()}>
      {t("admin.audit.csv")}
    </Button>
  );
}
