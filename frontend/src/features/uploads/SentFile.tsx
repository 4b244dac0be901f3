import SpaceBetween from "@cloudscape-design/components/space-between";
import StatusIndicator from "@cloudscape-design/components/status-indicator";
import type { DatasetView } from "@systemhealer/contract/dataset";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { useQueries } from "../../lib/use-queries.ts";
import { RouterLink } from "../../ui/RouterLink.tsx";

/** What becomes of a file once it has arrived: whether it is checked yet, and accepted. */
export function SentFile({ datasetId }: { readonly datasetId: string }) {
  const { t } = useTranslation();
  const { data: dataset, error } = useQuery(useQueries().dataset(datasetId));
  // Deleted meanwhile.
  if (error && !dataset) return null;
  return (
    <SpaceBetween direction="horizontal" size="s">
      <div role="status">{dataset && <Verdict status={dataset.status} />}</div>
      <RouterLink to={`/data/${datasetId}`}>{t("upload.open")}</RouterLink>
    </SpaceBetween>
  );
}

function Verdict({ status }: { readonly status: DatasetView["status"] }) {
  const { t } = useTranslation();
  if (status === "ready") return <StatusIndicator type="success">{t("upload.accepted")}</StatusIndicator>;
  if (status === "rejected") return <StatusIndicator type="error">{t("data.rejectedTitle")}</StatusIndicator>;
  return <StatusIndicator type="in-progress">{t("data.status.validating")}</StatusIndicator>;
}
