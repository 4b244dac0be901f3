import Box from "@cloudscape-design/components/box";
import Container from "@cloudscape-design/components/container";
import Header from "@cloudscape-design/components/header";
import SpaceBetween from "@cloudscape-design/components/space-between";
import type { Recovery } from "@systemhealer/contract/recovery";
import type { RunView } from "@systemhealer/contract/run";
import { useTranslation } from "react-i18next";
import { useFormats } from "../../i18n/use-formats.ts";
import { EndStateIndicator } from "../../ui/EndStateIndicator.tsx";
import { OrderLink } from "../../ui/OrderLink.tsx";
import { RouterLink } from "../../ui/RouterLink.tsx";
import { RecoveryReport } from "./RecoveryReport.tsx";

export interface RecoveryStateProps {
  readonly run: Extract<RunView, { kind: "diagnosis"; status: "succeeded" }>;
  /** Only of a diagnosis that verifies another one. */
  readonly recovery: Recovery | undefined;
}

/**
 * Whether the system is back to normal: what this diagnosis found of another one's faults, or how its own stand and
 * what comes next. Nothing where there are none.
 */
export function RecoveryState({ run, recovery }: RecoveryStateProps) {
  const { t } = useTranslation();
  const formats = useFormats();
  const { runId, result, verifies } = run;
  const last = run.recovery;
  if (recovery) return <RecoveryReport run={run} recovery={recovery} />;
  if (verifies !== undefined || (result.faultsFound === false && !last)) return null;
  const link = <OrderLink to={`/verify?run=${runId}`}>{t(last ? "recovery.checkAgain" : "recovery.check")}</OrderLink>;
  return (
    <Container
      header={
        <Header variant="h2" actions={link}>
          {t("recovery.title")}
        </Header>
      }
    >
      <SpaceBetween size="xs">
        <EndStateIndicator run={run} />
        {last ? (
          <Box color="text-body-secondary">
            {last.verdict === "cannot-tell" && `${t("recovery.checkedCannotTell")} `}
            {t("common.fact", { name: t("recovery.lastCheck"), value: formats.time(last.at) })} ·{" "}
            <RouterLink to={`/diagnoses/${last.runId}`}>{t("recovery.openCheck")}</RouterLink>
          </Box>
        ) : (
          <Box color="text-body-secondary">
            {t(result.faultsFound === undefined ? "recovery.unknownText" : "recovery.openText")}
          </Box>
        )}
      </SpaceBetween>
    </Container>
  );
}
