import SpaceBetween from "@cloudscape-design/components/space-between";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { useQueries } from "../../lib/use-queries.ts";
import { ErrorAlert } from "../../ui/ErrorAlert.tsx";
import { Loading } from "../../ui/Loading.tsx";
import { Page } from "../../ui/Page.tsx";
import { QuotaForm } from "./QuotaForm.tsx";
import { QuotaUse } from "./QuotaUse.tsx";

export function QuotasPage() {
  const { t } = useTranslation();
  const { data: view, error, refetch } = useQuery(useQueries().quotas());
  return (
    <Page title={t("admin.quotas.title")} description={t("admin.quotas.description")}>
      <ErrorAlert error={error} onRetry={() => void refetch()} />
      {view ? (
        <SpaceBetween size="l">
          <QuotaUse view={view} />
          <QuotaForm view={view} />
        </SpaceBetween>
      ) : (
        !error && <Loading />
      )}
    </Page>
  );
}
