import Button from "@cloudscape-design/components/button";
import SpaceBetween from "@cloudscape-design/components/space-between";
import type { RunView } from "@systemhealer/contract/run";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { useNavigate } from "react-router";
import { isMoving } from "../../lib/queries.ts";
import { useServices } from "../../lib/services.ts";
import { EditButton } from "../../ui/EditButton.tsx";
import { LinkButton } from "../../ui/LinkButton.tsx";
import { notify } from "../../ui/notifications.tsx";
import { useErrorText } from "../../ui/use-error-text.ts";

export function RunActions({ run }: { readonly run: RunView }) {
  const { t } = useTranslation();
  const { client } = useServices();
  const navigate = useNavigate();
  const queryClient = useQueryClient();
  const errorText = useErrorText();
  const { runId } = run;
  const onError = (error: unknown) => notify({ type: "error", text: errorText(error) });
  const cancelling = useMutation({
    mutationFn: () => client.call("cancelRun", { runId }),
    onSuccess: (ended) => queryClient.setQueryData(["run", runId], ended),
    onError,
  });
  const retrying = useMutation({
    mutationFn: () => client.call("retryRun", { runId }),
    onSuccess: (next) => {
      notify({ type: "success", text: t("runs.retried") });
      return navigate(`/runs/${next.runId}`);
    },
    onError,
  });
  return (
    <SpaceBetween direction="horizontal" size="xs">
      {isMoving(run) && (
        <Button loading={cancelling.isPending} onClick={() => cancelling.mutate()}>
          {t("runs.cancel")}
        </Button>
      )}
      {(run.status === "failed" || run.status === "cancelled") && (
        <Button variant="primary" loading={retrying.isPending} onClick={() => retrying.mutate()}>
          {t("runs.retry")}
        </Button>
      )}
      <EditButton record={run} write={(body) => client.call("updateRun", { runId, body })} />
      {run.kind === "training" && <LinkButton to={`/train?run=${runId}`}>{t("runs.clone")}</LinkButton>}
    </SpaceBetween>
  );
}
