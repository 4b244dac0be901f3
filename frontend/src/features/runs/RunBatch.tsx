import Button from "@cloudscape-design/components/button";
import SpaceBetween from "@cloudscape-design/components/space-between";
import type { RunView } from "@systemhealer/contract/run";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { actOnEach } from "../../lib/act-on-each.ts";
import { useServices } from "../../lib/services.ts";
import { BatchTagButton } from "../../ui/BatchTagButton.tsx";
import { notify } from "../../ui/notifications.tsx";
import { useFailures } from "../../ui/use-failures.ts";
import { useRefusal } from "../../ui/use-refusal.ts";
import { cancellable, deletable, retryable } from "./run-batch.ts";
import { useDeleteRuns } from "./use-delete-runs.ts";

export interface RunBatchProps {
  readonly selected: readonly RunView[];
  readonly onDone: () => void;
}

/** Cancels, retries, tags or deletes several runs at once: those among them with which it can be done. */
export function RunBatch({ selected, onDone }: RunBatchProps) {
  const { t } = useTranslation();
  const { client } = useServices();
  const queryClient = useQueryClient();
  const sayFailures = useFailures();
  const refusal = useRefusal();
  const remove = useDeleteRuns();
  const ended = deletable(selected);
  const acting = useMutation({
    mutationFn: ({ runs, act }: { readonly runs: readonly RunView[]; readonly act: "cancelRun" | "retryRun" }) =>
      actOnEach(runs, ({ runId }) => client.call(act, { runId })),
    onSuccess: async ({ done, failed }, { act }) => {
      if (done.length > 0) {
        const text = t(act === "cancelRun" ? "runs.batchCancelled" : "runs.batchRetried", { number: done.length });
        notify({ type: "success", text });
      }
      sayFailures(failed);
      onDone();
      await queryClient.invalidateQueries({ queryKey: ["runs"] });
    },
  });
  const button = (act: "cancelRun" | "retryRun", runs: readonly RunView[]) => (
    <Button
      disabled={runs.length === 0 || acting.isPending}
      {...refusal()}
      loading={acting.isPending && acting.variables.act === act}
      onClick={() => acting.mutate({ runs, act })}
    >
      {runs.length === 0
        ? t(act === "cancelRun" ? "common.cancel" : "runs.retry")
        : t(act === "cancelRun" ? "runs.batchCancel" : "runs.batchRetry", { number: runs.length })}
    </Button>
  );
  return (
    <SpaceBetween direction="horizontal" size="xs">
      {button("cancelRun", cancellable(selected))}
      {button("retryRun", retryable(selected))}
      <BatchTagButton
        records={selected}
        writeOf={({ runId }) =>
          (body) =>
            client.call("updateRun", { runId, body })
          }
        onDone={onDone}
      />
      <Button
        disabled={ended.length === 0}
        {...refusal()}
        onClick={() => {
          remove(ended);
          onDone();
        }}
      >
        {ended.length === 0 ? t("common.delete") : t("runs.batchDelete", { number: ended.length })}
      </Button>
    </SpaceBetween>
  );
}
