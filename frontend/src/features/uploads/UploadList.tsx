import Alert from "@cloudscape-design/components/alert";
import Button from "@cloudscape-design/components/button";
import Container from "@cloudscape-design/components/container";
import Header from "@cloudscape-design/components/header";
import ProgressBar from "@cloudscape-design/components/progress-bar";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { visible } from "@systemhealer/contract/visible";
import { useMutation } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { useFormats } from "../../i18n/use-formats.ts";
import { notify } from "../../ui/notifications.tsx";
import { useErrorText } from "../../ui/use-error-text.ts";
import { SentFile } from "./SentFile.tsx";
import type { UploadEntry, UploadQueue } from "./upload-queue.ts";
import { rateOf, remainingSeconds } from "./upload-rate.ts";

export interface UploadListProps {
  readonly entries: readonly UploadEntry[];
  readonly queue: UploadQueue;
}

export function UploadList({ entries, queue }: UploadListProps) {
  const { t } = useTranslation();
  const isInterrupted = entries.some(({ state }) => state === "interrupted");
  return (
    <Container header={<Header variant="h2">{t("upload.files")}</Header>}>
      <SpaceBetween size="l">
        {isInterrupted && (
          <Alert type="warning" statusIconAriaLabel={t("common.warning")}>
            {t("upload.interrupted")}
          </Alert>
        )}
        {entries.map((entry) => (
          <UploadRow key={entry.id} entry={entry} queue={queue} />
        ))}
      </SpaceBetween>
    </Container>
  );
}

function UploadRow({ entry, queue }: { readonly entry: UploadEntry; readonly queue: UploadQueue }) {
  const { t } = useTranslation();
  const errorText = useErrorText();
  const { file, state, datasetId, arrivedBytes, error } = entry;
  const cancelling = useMutation({
    mutationFn: () => queue.cancel(entry.id),
    onError: (reason) => notify({ type: "error", text: errorText(reason) }),
  });
  const isOpen = state !== "sent" && state !== "cancelled";
  return (
    <SpaceBetween size="xs">
      <ProgressBar
        label={visible(file.name)}
        ariaLabel={t("upload.progress", { name: file.name })}
        description={t(`data.purpose.${entry.purpose}`)}
        additionalInfo={useProgressText(entry)}
        value={file.size === 0 ? 0 : (100 * arrivedBytes) / file.size}
        status={state === "sent" ? "success" : state === "failed" ? "error" : "in-progress"}
        resultText={state === "failed" ? errorText(error) : t(`upload.state.${state}`)}
      />
      <SpaceBetween direction="horizontal" size="xs">
        {(state === "sending" || state === "waiting") && (
          <Button iconName="pause" onClick={() => queue.pause(entry.id)}>
            {t("upload.pause")}
          </Button>
        )}
        {(state === "paused" || state === "failed" || state === "interrupted") && (
          <Button iconName="play" onClick={() => queue.resume(entry.id)}>
            {t("upload.resume")}
          </Button>
        )}
        {isOpen && (
          <Button loading={cancelling.isPending} onClick={() => cancelling.mutate()}>
            {t("upload.cancel")}
          </Button>
        )}
        {state === "sent" && datasetId && <SentFile datasetId={datasetId} />}
      </SpaceBetween>
    </SpaceBetween>
  );
}

function useProgressText({ file, state, arrivedBytes, samples }: UploadEntry): string {
  const { t } = useTranslation();
  const formats = useFormats();
  const rate = state === "sending" ? rateOf(samples) : undefined;
  const remaining = remainingSeconds(file.size - arrivedBytes, rate);
  return [
    t(`upload.state.${state}`),
    t("upload.of", { done: formats.bytes(arrivedBytes), total: formats.bytes(file.size) }),
    rate !== undefined && t("upload.rate", { rate: formats.bytes(rate) }),
    remaining !== undefined && t("upload.remaining", { time: formats.duration(remaining) }),
  ]
    .filter(Boolean)
    .join(" · ");
}
