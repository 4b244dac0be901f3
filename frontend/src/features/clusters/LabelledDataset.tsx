import Alert from "@cloudscape-design/components/alert";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { useFormats } from "../../i18n/use-formats.ts";
import { isGone } from "../../lib/is-gone.ts";
import { useQueries } from "../../lib/use-queries.ts";
import { ErrorAlert } from "../../ui/ErrorAlert.tsx";
import { LinkButton } from "../../ui/LinkButton.tsx";
import { OrderLink } from "../../ui/OrderLink.tsx";

/** How the data set that was made fares, and the way to train on it. */
export function LabelledDataset({ datasetId }: { readonly datasetId: string }) {
  const { t } = useTranslation();
  const formats = useFormats();
  const { data: dataset, error } = useQuery(useQueries().dataset(datasetId));
  // It may have been deleted since.
  if (isGone(error)) return null;
  if (!dataset) return <ErrorAlert error={error} />;
  const { name } = dataset;
  const isReady = dataset.status === "ready";
  const isRefused = dataset.status === "rejected";
  return (
    <Alert
      type={isRefused ? "error" : isReady ? "success" : "info"}
      statusIconAriaLabel={t(isRefused ? "common.error" : isReady ? "common.success" : "common.info")}
    >
      <SpaceBetween size="s">
        <span>
          {isReady && t("clusters.ready", { name, rows: formats.integer(dataset.rows) })}
          {isRefused && t("clusters.refused", { name })}
          {!isReady && !isRefused && t("clusters.making", { name })}
        </span>
        <SpaceBetween direction="horizontal" size="xs">
          {isReady && (
            <OrderLink variant="primary" to={`/train?dataset=${datasetId}`}>
              {t("clusters.train")}
            </OrderLink>
          )}
          <LinkButton to={`/data/${datasetId}`}>{t("clusters.openDataset")}</LinkButton>
        </SpaceBetween>
      </SpaceBetween>
    </Alert>
  );
}
