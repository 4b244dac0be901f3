import Alert from "@cloudscape-design/components/alert";
import SpaceBetween from "@cloudscape-design/components/space-between";
import type { DatasetView } from "@systemhealer/contract/dataset";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { useParams } from "react-router";
import { useQueries } from "../../lib/use-queries.ts";
import { OrderLink } from "../../ui/OrderLink.tsx";
import { Page } from "../../ui/Page.tsx";
import { Pending } from "../../ui/Pending.tsx";
import { ChainEnd } from "./ChainEnd.tsx";
import { ChainSteps } from "./ChainSteps.tsx";
import { type ChainRecords, chainStates, diagnosisAfter, hasArrived, trainingRunOf } from "./chain-steps.ts";
import { UploadList } from "./UploadList.tsx";
import { useUploadQueue } from "./use-upload-queue.ts";

/** How far "upload, train and diagnose" is, from the training file on; the page can be closed and opened again. */
export function ChainProgressPage() {
  const { t } = useTranslation();
  const { datasetId = "" } = useParams();
  const { data: file, error, refetch } = useQuery(useQueries().dataset(datasetId));
  return (
    <Page
      title={t("upload.chain.title")}
      description={file?.name}
      actions={<OrderLink to="/data/chain">{t("upload.chain.another")}</OrderLink>}
    >
      {file && <Chain file={file} />}
      {!file && <Pending error={error} refetch={refetch} />}
    </Page>
  );
}

function Chain({ file }: { readonly file: DatasetView }) {
  const { t } = useTranslation();
  const { queue, entries } = useUploadQueue();
  const nextId = file.training?.thenDiagnose;
  const records = useRecords(file, nextId ?? "");
  if (nextId === undefined) return <Alert statusIconAriaLabel={t("common.info")}>{t("upload.chain.notChained")}</Alert>;
  const states = chainStates(records);
  const sending = entries.filter(
    (entry) => (entry.datasetId === file.datasetId || entry.datasetId === nextId) && entry.state !== "sent",
  );
  const isWithSystem = hasArrived(records.trainingFile) && hasArrived(records.diagnosisFile);
  const isOver = states.diagnose === "success" || Object.values(states).includes("error");
  return (
    <SpaceBetween size="l">
      {!isOver && (
        <Alert type={isWithSystem ? "success" : "warning"} statusIconAriaLabel={t("common.info")}>
          {t(isWithSystem ? "upload.chain.mayClose" : "upload.chain.keepOpen")}
        </Alert>
      )}
      <ChainEnd records={records} states={states} />
      {sending.length > 0 && <UploadList entries={sending} queue={queue} />}
      <ChainSteps records={records} states={states} />
    </SpaceBetween>
  );
}

function useRecords(trainingFile: DatasetView, nextId: string): ChainRecords {
  const queries = useQueries();
  const isReady = trainingFile.status === "ready";
  const { data: diagnosisFile } = useQuery({ ...queries.dataset(nextId), enabled: nextId !== "" });
  const { data: train } = useQuery({
    ...queries.expectedRun(trainingRunOf(trainingFile.datasetId)),
    enabled: isReady,
  });
  const { data: latest = [] } = useQuery({ ...queries.latestDiagnoses(), enabled: train?.status === "succeeded" });
  const found = diagnosisAfter(train ?? undefined, nextId, latest);
  const { data: diagnose = found } = useQuery({ ...queries.run(found?.runId ?? ""), enabled: found !== undefined });
  return { trainingFile, diagnosisFile, train: train ?? undefined, diagnose };
}
