import Box from "@cloudscape-design/components/box";
import Button from "@cloudscape-design/components/button";
import Checkbox from "@cloudscape-design/components/checkbox";
import Container from "@cloudscape-design/components/container";
import FileDropzone from "@cloudscape-design/components/file-dropzone";
import FileInput from "@cloudscape-design/components/file-input";
import FormField from "@cloudscape-design/components/form-field";
import Header from "@cloudscape-design/components/header";
import Input from "@cloudscape-design/components/input";
import ProgressBar from "@cloudscape-design/components/progress-bar";
import Select from "@cloudscape-design/components/select";
import SpaceBetween from "@cloudscape-design/components/space-between";
import {
  AnomalyThreshold,
  defaultAnomalyThreshold,
  leastAnomalyThreshold,
  mostAnomalyThreshold,
} from "@systemhealer/contract/anomalies";
import type { ModelView } from "@systemhealer/contract/model";
import { visible } from "@systemhealer/contract/visible";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useNavigate } from "react-router";
import { acceptedTypes } from "../../lib/check-file.ts";
import { useServices } from "../../lib/services.ts";
import { ErrorAlert } from "../../ui/ErrorAlert.tsx";
import { LinkButton } from "../../ui/LinkButton.tsx";
import { notify } from "../../ui/notifications.tsx";
import { RouterLink } from "../../ui/RouterLink.tsx";
import { useCanDrag } from "../../ui/use-can-drag.ts";
import { useFileCheck } from "../../ui/use-file-check.ts";
import { useReadyDatasets } from "../../ui/use-ready-datasets.ts";
import { type SendProgress, sendFile } from "./send-file.ts";

export interface FileDiagnosisProps {
  readonly model: Pick<ModelView, "modelId">;
  /** Chosen at first. */
  readonly datasetId: string;
  /** Of which diagnosis it is to be told whether its faults are gone. */
  readonly verification?: { readonly verifies: string; readonly normalClass?: string };
}

/** Diagnoses a data set that is there already, or a file that is sent now. */
export function FileDiagnosis({ model, datasetId, verification }: FileDiagnosisProps) {
  const { t } = useTranslation();
  const canDrag = useCanDrag();
  const { client } = useServices();
  const navigate = useNavigate();
  const queryClient = useQueryClient();
  const { options, error, isPending } = useReadyDatasets();
  const { refusalOf } = useFileCheck();
  const [chosen, setChosen] = useState(datasetId);
  const [explain, setExplain] = useState(false);
  const [threshold, setThreshold] = useState(String(defaultAnomalyThreshold));
  const anomalyThreshold = AnomalyThreshold.safeParse(threshold.trim() === "" ? undefined : Number(threshold)).data;
  const [progress, setProgress] = useState<SendProgress>();
  const [rejected, setRejected] = useState<string>();
  const selected = options.find(({ value }) => value === chosen);
  const start = async (id: string) => {
    const choices = { ...(explain && { explain }), ...(anomalyThreshold !== undefined && { anomalyThreshold }) };
    const { runId } = await client.call("createDiagnosisRun", {
      body: { datasetId: id, modelId: model.modelId, ...choices, ...verification },
    });
    notify({ type: "success", text: t("diagnosis.started") });
    void queryClient.invalidateQueries({ queryKey: ["runs"] });
    return runId;
  };
  /** Of callers of `mutate` only: whoever has gone to another page meanwhile stays there. */
  const open = (runId: string) => void navigate(`/diagnoses/${runId}`);
  const starting = useMutation({ mutationFn: start });
  const sending = useMutation({
    meta: { isLong: true },
    mutationFn: async (file: File) => {
      setRejected(undefined);
      const dataset = await sendFile(client, file, setProgress);
      void queryClient.invalidateQueries({ queryKey: ["datasets"] });
      if (dataset.status === "ready") return start(dataset.datasetId);
      setRejected(dataset.datasetId);
      return undefined;
    },
    onSettled: () => setProgress(undefined),
  });
  const [notTaken, setNotTaken] = useState<string>();
  const refusal = (file: File): string | undefined => {
    const { name } = file;
    if (progress) return t("diagnosis.notTaken.sending", { name, other: progress.fileName });
    if (anomalyThreshold === undefined) return t("diagnosis.notTaken.threshold", { name });
    return refusalOf(file);
  };
  const take = ([file, ...others]: readonly File[]) => {
    if (!file) return;
    const reason = others.length > 0 ? t("diagnosis.notTaken.several") : refusal(file);
    setNotTaken(reason);
    if (!reason && !sending.isPending) sending.mutate(file, { onSuccess: (runId) => runId && open(runId) });
  };
  return (
    <Container
      header={
        <Header variant="h2" description={t(verification ? "recovery.recordsHint" : "diagnosis.fileHint")}>
          {t(verification ? "recovery.records" : "diagnosis.fileTitle")}
        </Header>
      }
    >
      <SpaceBetween size="l">
        <Checkbox
          checked={explain}
          description={t("diagnosis.explainHint")}
          onChange={({ detail }) => setExplain(detail.checked)}
        >
          {t("diagnosis.explain")}
        </Checkbox>
        <FormField
          label={t("diagnosis.threshold")}
          description={t("diagnosis.thresholdHint")}
          constraintText={t("diagnosis.thresholdRange", { least: leastAnomalyThreshold, most: mostAnomalyThreshold })}
          errorText={anomalyThreshold === undefined && t("diagnosis.thresholdWrong")}
        >
          <Input
            type="number"
            inputMode="decimal"
            step={0.5}
            value={threshold}
            onChange={({ detail }) => {
              setThreshold(detail.value);
              setNotTaken(undefined);
            }}
          />
        </FormField>
        <FormField label={t("diagnosis.newFile")} errorText={notTaken} stretch>
          <FileDropzone onChange={({ detail }) => take(detail.value)}>
            <SpaceBetween size="xs" alignItems="center">
              {canDrag && <span>{t("diagnosis.dropFile")}</span>}
              <FileInput
                accept={acceptedTypes.join(",")}
                value={[]}
                ariaLabel={t("upload.choose")}
                onChange={({ detail }) => take(detail.value)}
              >
                {t("diagnosis.chooseFile")}
              </FileInput>
            </SpaceBetween>
          </FileDropzone>
        </FormField>
        {progress && (
          <ProgressBar
            label={visible(progress.fileName)}
            description={t(`diagnosis.send.${progress.stage}`)}
            value={100 * progress.fraction}
          />
        )}
        <ErrorAlert error={sending.error} />
        {rejected && (
          <Box color="text-status-error">
            {t("data.rejectedTitle")} · <RouterLink to={`/data/${rejected}`}>{t("data.report")}</RouterLink>
          </Box>
        )}
        <FormField label={t("diagnosis.knownFile")}>
          <Select
            selectedOption={selected ?? null}
            options={options}
            statusType={isPending ? "loading" : "finished"}
            loadingText={t("common.loading")}
            placeholder={t("train.chooseDataset")}
            empty={t("diagnosis.noDatasets")}
            filteringType={options.length > 10 ? "auto" : "none"}
            onChange={({ detail }) => setChosen(detail.selectedOption.value ?? "")}
          />
        </FormField>
        <ErrorAlert error={error ?? starting.error} />
        <SpaceBetween direction="horizontal" size="xs">
          <Button
            variant="primary"
            disabled={!selected || sending.isPending || anomalyThreshold === undefined}
            loading={starting.isPending}
            onClick={() => selected && starting.mutate(selected.value, { onSuccess: open })}
          >
            {t(verification ? "recovery.start" : "diagnosis.start")}
          </Button>
          <LinkButton to="/data/upload">{t("diagnosis.largeFiles")}</LinkButton>
        </SpaceBetween>
      </SpaceBetween>
    </Container>
  );
}
