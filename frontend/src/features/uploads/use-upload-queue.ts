import { useQueryClient } from "@tanstack/react-query";
import { useSyncExternalStore } from "react";
import { useTranslation } from "react-i18next";
import { useServices } from "../../lib/services.ts";
import { useQueries } from "../../lib/use-queries.ts";
import { notify } from "../../ui/notifications.tsx";
import { type UploadEntry, UploadQueue } from "./upload-queue.ts";

/** One queue for the whole visit, so that uploads go on while other pages are open. */
let queue: UploadQueue | undefined;

export function useUploadQueue(): { readonly queue: UploadQueue; readonly entries: readonly UploadEntry[] } {
  const { client, session } = useServices();
  const queryClient = useQueryClient();
  const queries = useQueries();
  const { t } = useTranslation();
  if (!queue) {
    const owner = async () => (await queryClient.ensureQueryData(queries.session())).userId;
    const made = new UploadQueue(client, owner, (entry) => {
      void queryClient.invalidateQueries({ queryKey: ["datasets"] });
      if (entry.followUp) notify({ type: "success", text: t("upload.goesOn", { name: entry.file.name }) });
    });
    session.subscribe(() => session.get() === "signed-out" && made.clear());
    addEventListener("beforeunload", (event) => made.isSending && event.preventDefault());
    addEventListener("offline", () => made.interrupt());
    addEventListener("online", () => made.goOn());
    queue = made;
  }
  return { queue, entries: useSyncExternalStore(queue.entries.subscribe, queue.entries.get) };
}
