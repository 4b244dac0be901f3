import Alert from "@cloudscape-design/components/alert";
import { roleAllows } from "@systemhealer/contract/role";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { Outlet } from "react-router";
import { useQueries } from "../lib/use-queries.ts";
import { ErrorAlert } from "../ui/ErrorAlert.tsx";
import { Loading } from "../ui/Loading.tsx";
import { Page } from "../ui/Page.tsx";

/** Pages for administrators; others are told so. The API refuses them by itself. */
export function AdminPages() {
  const { t } = useTranslation();
  const { data: session, error, refetch } = useQuery(useQueries().session());
  if (session && roleAllows(session.role, "admin")) return <Outlet />;
  return (
    <Page title={t("admin.title")}>
      {session ? (
        <Alert type="warning" statusIconAriaLabel={t("common.warning")}>
          {t("admin.onlyAdmins", { role: t(`admin.roles.${session.role}`) })}
        </Alert>
      ) : error ? (
        <ErrorAlert error={error} onRetry={() => void refetch()} />
      ) : (
        <Loading />
      )}
    </Page>
  );
}
