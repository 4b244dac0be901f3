import Tabs from "@cloudscape-design/components/tabs";
import { type DatasetStatus, datasetStatuses } from "@systemhealer/contract/dataset";
import { useTranslation } from "react-i18next";
import { useSearchParams } from "react-router";
import { OrderLink } from "../../ui/OrderLink.tsx";
import { Page } from "../../ui/Page.tsx";
import { DatasetTable } from "./DatasetTable.tsx";

const order = ["ready", "uploading", "validating", "rejected"] as const satisfies readonly DatasetStatus[];

export function DatasetsPage() {
  const { t } = useTranslation();
  const [search, setSearch] = useSearchParams();
  const asked = search.get("status");
  const status = datasetStatuses.find((known) => known === asked) ?? "ready";
  return (
    <Page
      title={t("data.title")}
      description={t("data.description")}
      actions={
        <OrderLink to="/data/upload" variant="primary" iconName="upload">
          {t("nav.upload")}
        </OrderLink>
      }
    >
      <Tabs
        ariaLabel={t("data.statuses")}
        activeTabId={status}
        onChange={({ detail }) => setSearch({ status: detail.activeTabId }, { replace: true })}
        tabs={order.map((id) => ({
          id,
          label: t(`data.status.${id}`),
          content: id === status && <DatasetTable key={id} status={id} />,
        }))}
      />
    </Page>
  );
}
