import Alert from "@cloudscape-design/components/alert";
import { type Role, roleAllows } from "@systemhealer/contract/role";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { Outlet } from "react-router";
import { useQueries } from "../lib/use-queries.ts";
import { ErrorAlert } from "../ui/ErrorAlert.tsx";
import { Loading } from "../ui/Loading.tsx";
import { Page } from "../ui/Page.tsx";

export interface PagesForRoleProps {
  readonly needed: Role;
  /** Stands above what others are told. */
  readonly title: string;
  /** What others are told; `role` is the name of theirs. */
  readonly refusal: (role: string) => string;
}

/** Pages that need a role; others are told so. The API refuses them by itself. */
export function PagesForRole({ needed, title, refusal }: PagesForRoleProps) {
  const { t } = useTranslation();
  const { data: session, error, refetch } = useQuery(useQueries().session());
  if (session && roleAllows(session.role, needed)) return <Outlet />;
  return (
    <Page title={title}>
      {session ? (
        <Alert statusIconAriaLabel={t("common.info")}>{refusal(t(`admin.roles.${session.role}`))}</Alert>
      ) : error ? (
        <ErrorAlert error={error} onRetry={() => void refetch()} />
      ) : (
        <Loading />
      )}
    </Page>
  );
}
