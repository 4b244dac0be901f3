import StatusIndicator, { type StatusIndicatorProps } from "@cloudscape-design/components/status-indicator";
import { type EndState, endStateOf, type RecoveryVerdict } from "@systemhealer/contract/recovery";
import type { RunView } from "@systemhealer/contract/run";
import { useTranslation } from "react-i18next";

const types: Readonly<Record<EndState | RecoveryVerdict, StatusIndicatorProps.Type>> = {
  open: "warning",
  recovered: "success",
  "not-recovered": "error",
  "cannot-tell": "info",
};

export interface EndStateIndicatorProps {
  readonly run: Extract<RunView, { kind: "diagnosis"; status: "succeeded" }>;
  /** What parts it from what stands before; nothing where there is no state. */
  readonly separator?: string;
}

/** Whether the system is back to normal: what a check has found, else how the faults of a diagnosis stand. */
export function EndStateIndicator({ run: { result, recovery }, separator }: EndStateIndicatorProps) {
  const { t } = useTranslation();
  const state = result.recovery ?? endStateOf({ faultsFound: result.faultsFound, recovery });
  if (state === undefined) return null;
  return (
    <>
      {separator}
      <StatusIndicator type={types[state]}>{t(`recovery.state.${state}`)}</StatusIndicator>
    </>
  );
}
