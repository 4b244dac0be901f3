import Button from "@cloudscape-design/components/button";
import SpaceBetween from "@cloudscape-design/components/space-between";
import type { RunView } from "@systemhealer/contract/run";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { useNavigate } from "react-router";
import { isMoving } from "../../lib/queries.ts";
import { useServices } from "../../lib/services.ts";
import { useQueries } from "../../lib/use-queries.ts";
import { EditButton } from "../../ui/EditButton.tsx";
import { notify } from "../../ui/notifications.tsx";
import { OrderLink } from "../../ui/OrderLink.tsx";
import { useErrorText } from "../../ui/use-error-text.ts";
import { useRefusal } from "../../ui/use-refusal.ts";
import { useDeleteRuns } from "./use-delete-runs.ts";

/** Delete, cancel, retry, edit, clone; what cannot be done says why. */
export function RunActions({ run }: { readonly run: RunView }) {
  const { t } = useTranslation();
  const { client } = useServices();
  const navigate = useNavigate();
  const queryClient = useQueryClient();
  const errorText = useErrorText();
  const { runId } = run;
  const remove = useDeleteRuns();
  const guard = useGuard(run);
  const refusal = useRefusal();
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
      <Button
        {...refusal(guard)}
        onClick={() => {
          remove([run], () => void navigate(`/runs/${runId}`));
          void navigate("/runs");
        }}
      >
        {t("common.delete")}
      </Button>
      {isMoving(run) && (
        <Button {...refusal()} loading={cancelling.isPending} onClick={() => cancelling.mutate()}>
          {t("runs.cancel")}
        </Button>
      )}
      {(run.status === "failed" || run.status === "cancelled") && (
        <Button variant="primary" {...refusal()} loading={retrying.isPending} onClick={() => retrying.mutate()}>
          {t("runs.retry")}
        </Button>
      )}
      <EditButton record={run} write={(body) => client.call("updateRun", { runId, body })} />
      {run.kind === "training" && <OrderLink to={`/train?run=${runId}`}>{t("runs.clone")}</OrderLink>}
    </SpaceBetween>
  );
}

/** Why a run cannot be deleted; nothing where it can. */
function useGuard(run: RunView): string | undefined {
  const { t } = useTranslation();
  const modelId = run.status === "succeeded" && "modelId" in run.result ? run.result.modelId : "";
  const { data: model, error } = useQuery({ ...useQueries().model(modelId), enabled: modelId !== "" });
  if (isMoving(run)) return t("runs.deleteMoving");
  // A model of another run may have been taken over, and one that is gone may be remembered still.
  if (!model || error || model.origin === "imported" || model.trainingRunId !== run.runId) return undefined;
  return t("runs.deleteModelFirst", { name: model.name });
}
