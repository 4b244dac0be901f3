import { ApiError } from "@systemhealer/contract/client-errors";
import type { MemberView } from "@systemhealer/contract/member";
import type { Role } from "@systemhealer/contract/role";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { isOnThisMachine } from "../../lib/portal-config.ts";
import { useServices } from "../../lib/services.ts";
import { notify } from "../../ui/notifications.tsx";
import { useErrorText } from "../../ui/use-error-text.ts";
import { useReversible } from "../../ui/use-reversible.ts";
import { useUndoable } from "../../ui/use-undoable.ts";

function useRefresh(): () => Promise<void> {
  const queryClient = useQueryClient();
  return async () => {
    await Promise.all(
      [["members"], ["audit"]].map((queryKey) => queryClient.invalidateQueries({ queryKey, refetchType: "active" })),
    );
  };
}

/** Changes a member's role; undone by the former one. */
export function useChangeRole() {
  const { t } = useTranslation();
  const { client } = useServices();
  const refresh = useRefresh();
  const errorText = useErrorText();
  const reversible = useReversible();
  const change = ({ userId, version }: MemberView, role: Role) =>
    client.call("updateMember", { userId, body: { version, role } });
  return useMutation({
    mutationFn: ({ member, role }: { readonly member: MemberView; readonly role: Role }) => change(member, role),
    onSuccess: async (changed, { member }) => {
      await refresh();
      const { email } = member;
      reversible({
        doneText: t("admin.members.changed", { email, role: t(`admin.roles.${changed.role}`) }),
        undoneText: t("admin.members.reverted", { email, role: t(`admin.roles.${member.role}`) }),
        revert: async () => {
          await change(changed, member.role);
          await refresh();
        },
      });
    },
    onError: async (error) => {
      const isMeanwhile = error instanceof ApiError && error.problem.code === "changed-meanwhile";
      notify({ type: "error", text: isMeanwhile ? t("admin.members.meanwhile") : errorText(error) });
      await refresh();
    },
  });
}

/** What is sent; `isAgain` for somebody who was invited before. */
export interface Invitation {
  readonly email: string;
  readonly role: Role;
  readonly isAgain: boolean;
}

export function useInvite() {
  const { t } = useTranslation();
  const { client, config } = useServices();
  const refresh = useRefresh();
  const errorText = useErrorText();
  return useMutation({
    mutationFn: ({ email, role }: Invitation) => client.call("inviteMember", { body: { email, role } }),
    onSuccess: async (_, { email, isAgain }) => {
      await refresh();
      const isLocal = isOnThisMachine(config.cognitoEndpoint);
      const text = isLocal ? "admin.members.invitedLocal" : isAgain ? "admin.members.resent" : "admin.members.invited";
      notify({ type: "success", text: t(text, { email }) });
    },
    onError: (error, { isAgain }) => {
      if (isAgain) notify({ type: "error", text: errorText(error) });
    },
  });
}

/** Removes a member once the time for an undo is over. */
export function useRemoveMember(): (member: MemberView) => void {
  const { t } = useTranslation();
  const { client } = useServices();
  const refresh = useRefresh();
  const undoable = useUndoable();
  return ({ userId, email }) =>
    undoable({
      ids: [userId],
      text: t("admin.members.removing", { email }),
      doneText: t("admin.members.removed", { email }),
      commit: async () => {
        try {
          await client.call("removeMember", { userId });
        } finally {
          await refresh();
        }
      },
    });
}
