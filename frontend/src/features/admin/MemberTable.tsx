import Box from "@cloudscape-design/components/box";
import Button from "@cloudscape-design/components/button";
import Header from "@cloudscape-design/components/header";
import Select from "@cloudscape-design/components/select";
import SpaceBetween from "@cloudscape-design/components/space-between";
import StatusIndicator from "@cloudscape-design/components/status-indicator";
import Table, { type TableProps } from "@cloudscape-design/components/table";
import type { MemberView } from "@systemhealer/contract/member";
import { roles } from "@systemhealer/contract/role";
import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { useFormats } from "../../i18n/use-formats.ts";
import { useQueries } from "../../lib/use-queries.ts";
import { ErrorAlert } from "../../ui/ErrorAlert.tsx";
import { usePendingIds } from "../../ui/use-undoable.ts";
import { useChangeRole, useInvite, useRemoveMember } from "./use-member-changes.ts";
import "./admin.css";

/** Who belongs to the workspace; a role is changed where it stands. */
export function MemberTable() {
  const { t } = useTranslation();
  const formats = useFormats();
  const pending = usePendingIds();
  const query = useInfiniteQuery(useQueries().members());
  const columns = useMemberColumns(query.data?.pages.flatMap(({ items }) => items) ?? []);
  if (query.error) return <ErrorAlert error={query.error} onRetry={() => void query.refetch()} />;
  const members = (query.data?.pages ?? [])
    .flatMap(({ items }) => items)
    .filter(({ userId }) => !pending.has(userId))
    .sort((one, other) => one.email.localeCompare(other.email));
  return (
    <SpaceBetween size="s">
      <Table
        trackBy="userId"
        wrapLines
        items={members}
        loading={query.isPending}
        loadingText={t("common.loading")}
        columnDefinitions={columns}
        ariaLabels={{ tableLabel: t("admin.members.table") }}
        header={
          <Header variant="h2" counter={`(${formats.integer(members.length)}${query.hasNextPage ? "+" : ""})`}>
            {t("admin.members.table")}
          </Header>
        }
      />
      {query.hasNextPage && (
        <Box textAlign="center">
          <Button loading={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
            {t("common.loadMore")}
          </Button>
        </Box>
      )}
    </SpaceBetween>
  );
}

function useMemberColumns(members: readonly MemberView[]): TableProps.ColumnDefinition<MemberView>[] {
  const { t } = useTranslation();
  const formats = useFormats();
  const { data: session } = useQuery(useQueries().session());
  const emails = new Map(members.map(({ userId, email }) => [userId, email]));
  return [
    {
      id: "email",
      header: t("auth.email"),
      isRowHeader: true,
      minWidth: 220,
      cell: ({ email, userId }) => (
        <Box fontWeight={userId === session?.userId ? "bold" : "normal"}>
          <span className="breakable">
            {userId === session?.userId
              ? t("common.withDetail", { name: email, detail: t("admin.members.you") })
              : email}
          </span>
        </Box>
      ),
    },
    {
      id: "role",
      header: t("admin.members.role"),
      minWidth: 170,
      cell: (member) => <RoleChoice member={member} isSelf={member.userId === session?.userId} />,
    },
    {
      id: "status",
      header: t("admin.members.status"),
      minWidth: 110,
      cell: ({ status }) => (
        <StatusIndicator type={status === "active" ? "success" : "pending"}>
          {t(`admin.members.statuses.${status}`)}
        </StatusIndicator>
      ),
    },
    {
      id: "since",
      header: t("admin.members.since"),
      minWidth: 230,
      cell: ({ createdAt, createdBy, userId }) => (
        <div>
          {formats.time(createdAt)}
          {createdBy !== userId && emails.has(createdBy) && (
            <Box variant="small" display="block" color="text-body-secondary">
              <span className="breakable">{t("admin.members.invitedBy", { email: emails.get(createdBy) ?? "" })}</span>
            </Box>
          )}
        </div>
      ),
    },
    {
      id: "actions",
      header: t("admin.members.actions"),
      minWidth: 230,
      cell: (member) => member.userId !== session?.userId && <MemberActions member={member} />,
    },
  ];
}

interface RoleChoiceProps {
  readonly member: MemberView;
  readonly isSelf: boolean;
}

function RoleChoice({ member, isSelf }: RoleChoiceProps) {
  const { t } = useTranslation();
  const changing = useChangeRole();
  const options = roles.map((role) => ({
    value: role,
    label: t(`admin.roles.${role}`),
    description: t(`admin.roleHint.${role}`),
  }));
  if (isSelf) {
    return (
      <div>
        {t(`admin.roles.${member.role}`)}
        <Box variant="small" display="block" color="text-body-secondary">
          {t("admin.members.notYourself")}
        </Box>
      </div>
    );
  }
  return (
    <Select
      selectedOption={
        options.find(({ value }) => value === ((changing.isPending && changing.variables.role) || member.role)) ?? null
      }
      options={options}
      disabled={changing.isPending}
      expandToViewport
      ariaLabel={t("admin.members.roleOf", { email: member.email })}
      onChange={({ detail }) => {
        const role = roles.find((known) => known === detail.selectedOption.value);
        if (role && role !== member.role) changing.mutate({ member, role });
      }}
    />
  );
}

function MemberActions({ member }: { readonly member: MemberView }) {
  const { t } = useTranslation();
  const remove = useRemoveMember();
  const inviting = useInvite();
  const { email, role, status } = member;
  return (
    <SpaceBetween direction="horizontal" size="xs">
      {status === "invited" && (
        <Button
          loading={inviting.isPending}
          ariaLabel={t("admin.members.resendOf", { email })}
          onClick={() => inviting.mutate({ email, role, isAgain: true })}
        >
          {t("admin.members.resend")}
        </Button>
      )}
      <Button ariaLabel={t("admin.members.removeOf", { email })} onClick={() => remove(member)}>
        {t("admin.members.remove")}
      </Button>
    </SpaceBetween>
  );
}
