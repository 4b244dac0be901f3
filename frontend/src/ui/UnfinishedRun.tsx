import Alert from "@cloudscape-design/components/alert";
import Container from "@cloudscape-design/components/container";
import ProgressBar from "@cloudscape-design/components/progress-bar";
import { failureMessage } from "@systemhealer/contract/messages/message";
import type { RunView } from "@systemhealer/contract/run";
import { useTranslation } from "react-i18next";
import { useLanguage } from "../i18n/language.ts";
import { useStageText } from "./use-stage-text.ts";

/** Why a run ended without a result, in words. */
export function RunEnding({ run }: { readonly run: RunView }) {
  const { t } = useTranslation();
  const language = useLanguage();
  if (run.status === "failed") {
    return (
      <Alert type="error" header={t("runs.failedTitle")} statusIconAriaLabel={t("common.error")}>
        {failureMessage(run.failure, language)}
      </Alert>
    );
  }
  if (run.status !== "cancelled") return null;
  return (
    <Alert type="warning" statusIconAriaLabel={t("common.warning")}>
      {t("runs.cancelledTitle")}
    </Alert>
  );
}

/** In place of a result: how far the run is, or why there is none. */
export function UnfinishedRun({ run }: { readonly run: RunView }) {
  const { t } = useTranslation();
  const stageText = useStageText();
  if (run.status === "failed" || run.status === "cancelled") return <RunEnding run={run} />;
  const { stage, fraction } = run.status === "running" ? run.progress : { stage: "queued" as const, fraction: 0 };
  return (
    <Container>
      <ProgressBar label={t("runs.progress")} value={100 * fraction} description={stageText(run.kind, stage)} />
    </Container>
  );
}
