import Alert from "@cloudscape-design/components/alert";
import Button from "@cloudscape-design/components/button";
import SpaceBetween from "@cloudscape-design/components/space-between";
import StatusIndicator from "@cloudscape-design/components/status-indicator";
import type { DatasetView } from "@systemhealer/contract/dataset";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { useNavigate, useParams } from "react-router";
import { useFormats } from "../../i18n/use-formats.ts";
import { useServices } from "../../lib/services.ts";
import { useQueries } from "../../lib/use-queries.ts";
import { DownloadButton } from "../../ui/DownloadButton.tsx";
import { EditButton } from "../../ui/EditButton.tsx";
import { Notes } from "../../ui/Notes.tsx";
import { OrderLink } from "../../ui/OrderLink.tsx";
import { Page } from "../../ui/Page.tsx";
import { TagList } from "../../ui/TagList.tsx";
import { UnreadRecord } from "../../ui/UnreadRecord.tsx";
import { useRefusal } from "../../ui/use-refusal.ts";
import { ReadyDataset } from "./ReadyDataset.tsx";
import { RejectedDataset } from "./RejectedDataset.tsx";
import { useDeleteDatasets } from "./use-delete-datasets.ts";

export function DatasetPage() {
  const { t } = useTranslation();
  const { datasetId = "" } = useParams();
  const { data: dataset, error, refetch } = useQuery(useQueries().dataset(datasetId));
  if (!dataset) {
    return <UnreadRecord title={t("data.title")} list="/data" error={error} refetch={refetch} />;
  }
  return (
    <Page
      title={dataset.name}
      description={
        <>
          {t(`data.purpose.${dataset.purpose}`)} · {t(`data.status.${dataset.status}`)} · {dataset.datasetId}{" "}
          <TagList tags={dataset.tags} />
          <Notes notes={dataset.notes} />
        </>
      }
      actions={<Actions dataset={dataset} />}
    >
      <Content dataset={dataset} />
    </Page>
  );
}

function Content({ dataset }: { readonly dataset: DatasetView }) {
  const { t } = useTranslation();
  const formats = useFormats();
  if (dataset.status === "ready") return <ReadyDataset dataset={dataset} />;
  if (dataset.status === "rejected") return <RejectedDataset datasetId={dataset.datasetId} />;
  if (dataset.status === "validating") {
    return (
      <StatusIndicator type="in-progress">
        {t("data.checking", { rows: formats.integer(dataset.rowsRead) })}
      </StatusIndicator>
    );
  }
  return (
    <Alert statusIconAriaLabel={t("common.info")} action={<OrderLink to="/data/upload">{t("nav.upload")}</OrderLink>}>
      {t("data.sending")}
    </Alert>
  );
}

function Actions({ dataset }: { readonly dataset: DatasetView }) {
  const { t } = useTranslation();
  const { client } = useServices();
  const navigate = useNavigate();
  const remove = useDeleteDatasets();
  const refusal = useRefusal();
  const { datasetId, status } = dataset;
  const address = () => client.call("downloadDataset", { datasetId, body: { artefact: "data" } });
  return (
    <SpaceBetween direction="horizontal" size="xs">
      {status !== "validating" && (
        <Button
          {...refusal()}
          onClick={() => {
            remove([dataset], () => void navigate(`/data/${datasetId}`));
            void navigate(`/data?status=${status}`);
          }}
        >
          {t("common.delete")}
        </Button>
      )}
      <EditButton record={dataset} write={(body) => client.call("updateDataset", { datasetId, body })} />
      {status === "ready" && <DownloadButton address={address}>{t("data.downloadFile")}</DownloadButton>}
      {status === "ready" && dataset.classes.length === 0 && (
        <OrderLink to={`/clusters?dataset=${datasetId}`}>{t("clusters.title")}</OrderLink>
      )}
      {status === "ready" && dataset.purpose === "training" && (
        <OrderLink variant="primary" to={`/train?dataset=${datasetId}`}>
          {t("data.train")}
        </OrderLink>
      )}
      {status === "ready" && dataset.purpose === "diagnosis" && (
        <OrderLink variant="primary" to={`/diagnose?dataset=${datasetId}`}>
          {t("data.diagnose")}
        </OrderLink>
      )}
    </SpaceBetween>
  );
}
