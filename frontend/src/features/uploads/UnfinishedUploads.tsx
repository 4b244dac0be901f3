import Box from "@cloudscape-design/components/box";
import Button from "@cloudscape-design/components/button";
import Container from "@cloudscape-design/components/container";
import FileInput from "@cloudscape-design/components/file-input";
import Header from "@cloudscape-design/components/header";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { visible } from "@systemhealer/contract/visible";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useFormats } from "../../i18n/use-formats.ts";
import { useServices } from "../../lib/services.ts";
import { useQueries } from "../../lib/use-queries.ts";
import { notify } from "../../ui/notifications.tsx";
import { usePendingIds, useUndoable } from "../../ui/use-undoable.ts";
import type { UploadListProps } from "./UploadList.tsx";
import { forgetUpload, type RememberedUpload, rememberedUploads } from "./upload-memory.ts";

/** Uploads that an earlier visit left behind. */
export function UnfinishedUploads({ entries, queue }: UploadListProps) {
  const { t } = useTranslation();
  const formats = useFormats();
  const { client } = useServices();
  const undoable = useUndoable();
  const pending = usePendingIds();
  const [, redraw] = useState(0);
  const { data: session } = useQuery(useQueries().session());
  const owner = session?.userId ?? "";
  const current = new Set(entries.map(({ datasetId }) => datasetId));
  const left = rememberedUploads(owner).filter(({ datasetId }) => !current.has(datasetId) && !pending.has(datasetId));
  if (left.length === 0) return null;

  const goOn = async (upload: RememberedUpload, file: File | undefined) => {
    if (file && !(await queue.addAgain(file, upload))) {
      notify({ type: "error", text: t("upload.otherFile", { name: upload.name }) });
    }
  };
  const giveUp = ({ datasetId, name }: RememberedUpload) =>
    undoable({
      ids: [datasetId],
      text: t("upload.forgetting", { name }),
      commit: async () => {
        await client.call("deleteDataset", { datasetId });
        forgetUpload(owner, datasetId);
        redraw((count) => count + 1);
      },
    });
  return (
    <Container
      header={
        <Header variant="h2" description={t("upload.unfinishedText")}>
          {t("upload.unfinished")}
        </Header>
      }
    >
      <SpaceBetween size="m">
        {left.map((upload) => (
          <SpaceBetween key={upload.datasetId} size="xs">
            <Box>
              {visible(upload.name)} · {formats.bytes(upload.sizeBytes)} · {t(`data.purpose.${upload.purpose}`)}
            </Box>
            <SpaceBetween direction="horizontal" size="xs">
              <FileInput value={[]} onChange={({ detail }) => void goOn(upload, detail.value[0])}>
                {t("upload.chooseAgain", { name: upload.name })}
              </FileInput>
              <Button onClick={() => giveUp(upload)}>{t("upload.forget")}</Button>
            </SpaceBetween>
          </SpaceBetween>
        ))}
      </SpaceBetween>
    </Container>
  );
}
