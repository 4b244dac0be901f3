import Button from "@cloudscape-design/components/button";
import Flashbar, { type FlashbarProps } from "@cloudscape-design/components/flashbar";
import { useSyncExternalStore } from "react";
import { useTranslation } from "react-i18next";
import { ExternalStore } from "../lib/external-store.ts";

export interface Notification {
  readonly id: string;
  readonly type: "success" | "error" | "info" | "warning" | "in-progress";
  readonly text: string;
  readonly action?: { readonly label: string; readonly run: () => void };
}

const notifications = new ExternalStore<readonly Notification[]>([]);
const maxNotifications = 5;
const lifeMilliseconds = 8_000;
let lastId = 0;

/** Shows a toast; those that only inform go by themselves. @returns its id */
export function notify(notification: Omit<Notification, "id">, life?: number): string {
  lastId += 1;
  const id = `notification-${lastId}`;
  notifications.update((list) => [{ ...notification, id }, ...list].slice(0, maxNotifications));
  const stays = notification.type === "error" || notification.type === "warning" || notification.action;
  const milliseconds = life ?? (stays ? undefined : lifeMilliseconds);
  if (milliseconds !== undefined) setTimeout(() => dismiss(id), milliseconds);
  return id;
}

export function dismiss(id: string): void {
  notifications.update((list) => list.filter((notification) => notification.id !== id));
}

export function Notifications() {
  const { t } = useTranslation();
  const list = useSyncExternalStore(notifications.subscribe, notifications.get);
  const items = list.map(
    ({ id, type, text, action }): FlashbarProps.MessageDefinition => ({
      id,
      type: type === "in-progress" ? "info" : type,
      loading: type === "in-progress",
      content: text,
      dismissible: type !== "in-progress",
      dismissLabel: t("common.dismiss"),
      onDismiss: () => dismiss(id),
      ...(action && { action: <Button onClick={action.run}>{action.label}</Button> }),
    }),
  );
  return (
    <Flashbar
      items={items}
      i18nStrings={{
        ariaLabel: t("common.notifications"),
        errorIconAriaLabel: t("common.error"),
        successIconAriaLabel: t("common.success"),
        infoIconAriaLabel: t("common.info"),
        warningIconAriaLabel: t("common.warning"),
        inProgressIconAriaLabel: t("common.inProgress"),
      }}
    />
  );
}
