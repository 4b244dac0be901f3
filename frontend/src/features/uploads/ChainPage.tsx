import Alert from "@cloudscape-design/components/alert";
import Button from "@cloudscape-design/components/button";
import ColumnLayout from "@cloudscape-design/components/column-layout";
import Container from "@cloudscape-design/components/container";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Navigate } from "react-router";
import { LinkButton } from "../../ui/LinkButton.tsx";
import { Page } from "../../ui/Page.tsx";
import { FileChoice } from "./FileChoice.tsx";
import { UploadList } from "./UploadList.tsx";
import type { UploadEntry } from "./upload-queue.ts";
import { useUploadQueue } from "./use-upload-queue.ts";

/** One button for all: sends two files, trains on one and diagnoses the other. */
export function ChainPage() {
  const { t } = useTranslation();
  const { queue, entries } = useUploadQueue();
  const [startedId, setStarted] = useState(() => unannounced(entries)?.id);
  const training = entries.find(({ id, state }) => id === startedId && state !== "cancelled");
  if (training?.datasetId) return <Navigate replace to={`/data/chain/${training.datasetId}`} />;
  const shown = training && entries.filter(({ id }) => id === training.id || id === training.after);
  return (
    <Page
      title={t("upload.chain.title")}
      description={t("upload.chain.description")}
      actions={<LinkButton to="/data/upload">{t("nav.upload")}</LinkButton>}
    >
      {shown ? (
        <SpaceBetween size="l">
          <Alert type="warning" statusIconAriaLabel={t("common.warning")}>
            {t("upload.chain.keepOpen")}
          </Alert>
          <UploadList entries={shown} queue={queue} />
        </SpaceBetween>
      ) : (
        <ChainForm onStart={(one, other) => setStarted(queue.addChain(one, other))} />
      )}
    </Page>
  );
}

/** The training file of a chain that still waits for the file before it. */
function unannounced(entries: readonly UploadEntry[]): UploadEntry | undefined {
  return entries.findLast(
    ({ after, datasetId, state }) => after !== undefined && datasetId === undefined && state !== "cancelled",
  );
}

function ChainForm({ onStart }: { readonly onStart: (training: File, diagnosis: File) => void }) {
  const { t } = useTranslation();
  const [training, setTraining] = useState<File>();
  const [diagnosis, setDiagnosis] = useState<File>();
  return (
    <Container>
      <SpaceBetween size="l">
        <ColumnLayout columns={2}>
          <FileChoice purpose="training" file={training} onFile={setTraining} />
          <FileChoice purpose="diagnosis" file={diagnosis} onFile={setDiagnosis} />
        </ColumnLayout>
        <Button
          variant="primary"
          iconName="play"
          disabled={!training || !diagnosis}
          onClick={() => training && diagnosis && onStart(training, diagnosis)}
        >
          {t("upload.chain.start")}
        </Button>
      </SpaceBetween>
    </Container>
  );
}
