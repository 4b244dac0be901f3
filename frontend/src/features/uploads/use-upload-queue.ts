import type { Client } from "@systemhealer/contract/client";
import { useQueryClient } from "@tanstack/react-query";
import { useSyncExternalStore } from "react";
import { useTranslation } from "react-i18next";
import { followUntil } from "../../lib/follow.ts";
import { isMoving } from "../../lib/queries.ts";
import { useServices } from "../../lib/services.ts";
import { notify } from "../../ui/notifications.tsx";
import { type UploadEntry, UploadQueue } from "./upload-queue.ts";

/** One queue for the whole visit, so that uploads go on while other pages are open. */
let queue: UploadQueue | undefined;

export function useUploadQueue(): { readonly queue: UploadQueue; readonly entries: readonly UploadEntry[] } {
  const { client, session } = useServices();
  const queryClient = useQueryClient();
  const { t } = useTranslation();
  if (!queue) {
    const made = new UploadQueue(client, (entry) => {
      void queryClient.invalidateQueries({ queryKey: ["datasets"] });
      if (!entry.thenTrain || entry.datasetId === undefined) return;
      void trainOnceReady(client, entry.datasetId).then((name) => {
        if (name === undefined) return;
        notify({ type: "success", text: t("upload.trainingStarted", { name }) });
        void queryClient.invalidateQueries({ queryKey: ["runs"] });
      });
    });
    session.subscribe(() => session.get() === "signed-out" && made.clear());
    addEventListener("beforeunload", (event) => made.isSending && event.preventDefault());
    queue = made;
  }
  return { queue, entries: useSyncExternalStore(queue.entries.subscribe, queue.entries.get) };
}

/** @returns the data set's name; undefined where it was rejected, and its page says why */
async function trainOnceReady(client: Client, datasetId: string): Promise<string | undefined> {
  const dataset = await followUntil(
    () => client.call("getDataset", { datasetId }),
    (record) => !isMoving(record),
  );
  if (dataset.status !== "ready") return undefined;
  await client.call("createTrainingRun", { body: { datasetId } });
  return dataset.name;
}
