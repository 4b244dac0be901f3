import Button from "@cloudscape-design/components/button";
import SpaceBetween from "@cloudscape-design/components/space-between";
import type { DatasetView } from "@systemhealer/contract/dataset";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { useNavigate } from "react-router";
import { actOnEach } from "../../lib/act-on-each.ts";
import { useServices } from "../../lib/services.ts";
import { BatchTagButton } from "../../ui/BatchTagButton.tsx";
import { notify } from "../../ui/notifications.tsx";
import { useFailures } from "../../ui/use-failures.ts";
import { useRefusal } from "../../ui/use-refusal.ts";
import { trainable } from "./trainable.ts";
import { useDeleteDatasets } from "./use-delete-datasets.ts";

export interface DatasetBatchProps {
  /** Whether there may be some among them to train on. */
  readonly canTrain: boolean;
  readonly selected: readonly DatasetView[];
  readonly onDone: () => void;
}

/** Trains on, tags or deletes several data sets at once: those among them with which it can be done. */
export function DatasetBatch({ canTrain, selected, onDone }: DatasetBatchProps) {
  const { t } = useTranslation();
  const { client } = useServices();
  const navigate = useNavigate();
  const queryClient = useQueryClient();
  const sayFailures = useFailures();
  const remove = useDeleteDatasets();
  const refusal = useRefusal();
  const labelled = trainable(selected);
  const deletable = selected.filter(({ status }) => status !== "validating");
  const training = useMutation({
    mutationFn: () => actOnEach(labelled, ({ datasetId }) => client.call("createTrainingRun", { body: { datasetId } })),
    onSuccess: async ({ done, failed }) => {
      sayFailures(failed);
      onDone();
      if (done.length === 0) return;
      notify({ type: "success", text: t("data.batchTrained", { number: done.length }) });
      await queryClient.invalidateQueries({ queryKey: ["runs"] });
      await navigate("/runs");
    },
  });
  return (
    <SpaceBetween direction="horizontal" size="xs">
      {canTrain && (
        <Button
          disabled={labelled.length === 0 || training.isPending}
          loading={training.isPending}
          {...refusal()}
          onClick={() => training.mutate()}
        >
          {labelled.length === 0 ? t("train.start") : t("data.batchTrain", { number: labelled.length })}
        </Button>
      )}
      <BatchTagButton
        records={selected}
        writeOf={({ datasetId }) =>
          (body) =>
            client.call("updateDataset", { datasetId, body })
          }
        onDone={onDone}
      />
      <Button
        disabled={deletable.length === 0}
        {...refusal()}
        onClick={() => {
          remove(deletable);
          onDone();
        }}
      >
        {deletable.length === 0 ? t("common.delete") : t("data.batchDelete", { number: deletable.length })}
      </Button>
    </SpaceBetween>
  );
}
