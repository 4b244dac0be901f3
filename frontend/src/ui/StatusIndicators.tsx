import StatusIndicator, { type StatusIndicatorProps } from "@cloudscape-design/components/status-indicator";
import type { RunStatus } from "@systemhealer/contract/run";
import { useTranslation } from "react-i18next";

const runTypes: Readonly<Record<RunStatus, StatusIndicatorProps.Type>> = {
  queued: "pending",
  running: "in-progress",
  succeeded: "success",
  failed: "error",
  cancelled: "stopped",
};

export function RunStatusIndicator({ status }: { readonly status: RunStatus }) {
  const { t } = useTranslation();
  return <StatusIndicator type={runTypes[status]}>{t(`runs.status.${status}`)}</StatusIndicator>;
}
