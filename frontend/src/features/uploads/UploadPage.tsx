import Alert from "@cloudscape-design/components/alert";
import Container from "@cloudscape-design/components/container";
import FileDropzone from "@cloudscape-design/components/file-dropzone";
import FileInput from "@cloudscape-design/components/file-input";
import FormField from "@cloudscape-design/components/form-field";
import SpaceBetween from "@cloudscape-design/components/space-between";
import Tiles from "@cloudscape-design/components/tiles";
import type { DatasetPurpose } from "@systemhealer/contract/dataset";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useFormats } from "../../i18n/use-formats.ts";
import { acceptedTypes } from "../../lib/check-file.ts";
import { LinkButton } from "../../ui/LinkButton.tsx";
import { Page } from "../../ui/Page.tsx";
import { useCanDrag } from "../../ui/use-can-drag.ts";
import { useFileCheck } from "../../ui/use-file-check.ts";
import { FollowUpChoice } from "./FollowUpChoice.tsx";
import { UnfinishedUploads } from "./UnfinishedUploads.tsx";
import { UploadList } from "./UploadList.tsx";
import type { FollowUp } from "./upload-queue.ts";
import { useUploadQueue } from "./use-upload-queue.ts";

export function UploadPage() {
  const { t } = useTranslation();
  const canDrag = useCanDrag();
  const formats = useFormats();
  const { queue, entries } = useUploadQueue();
  const { maxBytes, refusalOf } = useFileCheck();
  const [purpose, setPurpose] = useState<DatasetPurpose>("training");
  const [followUp, setFollowUp] = useState<FollowUp>();
  const [refused, setRefused] = useState<readonly string[]>([]);

  const take = (files: readonly File[]) => {
    const reasons: string[] = [];
    for (const file of files) {
      const reason = refusalOf(file);
      if (reason) reasons.push(reason);
      else queue.add(file, purpose, followUp);
    }
    setRefused(reasons);
  };
  return (
    <Page
      title={t("upload.title")}
      description={t("upload.description")}
      actions={<LinkButton to="/data/chain">{t("upload.chain.title")}</LinkButton>}
    >
      <Container>
        <SpaceBetween size="l">
          <FormField label={t("upload.purpose")} stretch>
            <Tiles
              value={purpose}
              onChange={({ detail }) => {
                setPurpose(detail.value as DatasetPurpose);
                setFollowUp(undefined);
              }}
              items={(["training", "diagnosis"] as const).map((value) => ({
                value,
                label: t(`data.purpose.${value}`),
                description: t(`upload.${value}Hint`),
              }))}
            />
          </FormField>
          <FollowUpChoice purpose={purpose} followUp={followUp} onChange={setFollowUp} />
          <FileDropzone onChange={({ detail }) => take(detail.value)}>
            <SpaceBetween size="xs" alignItems="center">
              {canDrag && <span>{t("upload.drop")}</span>}
              <FileInput
                multiple
                accept={acceptedTypes.join(",")}
                value={[]}
                ariaLabel={t("upload.choose")}
                onChange={({ detail }) => take(detail.value)}
              >
                {t("upload.choose")}
              </FileInput>
              <small>{t("upload.constraint", { size: formats.bytes(maxBytes) })}</small>
            </SpaceBetween>
          </FileDropzone>
          {refused.length > 0 && (
            <Alert
              type="error"
              header={t("upload.refusedTitle")}
              statusIconAriaLabel={t("common.error")}
              dismissible
              dismissAriaLabel={t("common.dismiss")}
              onDismiss={() => setRefused([])}
            >
              <ul>
                {refused.map((reason) => (
                  <li key={reason}>{reason}</li>
                ))}
              </ul>
            </Alert>
          )}
        </SpaceBetween>
      </Container>
      {entries.length > 0 && <UploadList entries={entries} queue={queue} />}
      <UnfinishedUploads entries={entries} queue={queue} />
    </Page>
  );
}
