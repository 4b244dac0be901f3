import Alert from "@cloudscape-design/components/alert";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { failureMessage } from "@systemhealer/contract/messages/message";
import type { RunView } from "@systemhealer/contract/run";
import { useTranslation } from "react-i18next";
import { useLanguage } from "../../i18n/language.ts";
import { useFormats } from "../../i18n/use-formats.ts";
import { LinkButton } from "../../ui/LinkButton.tsx";
import type { ChainStepsProps } from "./ChainSteps.tsx";

/** What came of it: the way to the result, or why there is none. */
export function ChainEnd({ records, states }: ChainStepsProps) {
  const { t } = useTranslation();
  const formats = useFormats();
  const language = useLanguage();
  const { train, diagnose } = records;
  if (diagnose?.kind === "diagnosis" && diagnose.status === "succeeded" && isTrained(train)) {
    const { modelId, macroF1 } = train.result;
    return (
      <Alert type="success" statusIconAriaLabel={t("common.success")}>
        <SpaceBetween size="s">
          <span>
            {t("upload.chain.done", {
              rows: formats.integer(diagnose.result.rows),
              score: formats.number(macroF1),
            })}
          </span>
          <SpaceBetween direction="horizontal" size="xs">
            <LinkButton variant="primary" to={`/diagnoses/${diagnose.runId}`}>
              {t("upload.chain.openResult")}
            </LinkButton>
            <LinkButton to={`/models/${modelId}`}>{t("upload.chain.openModel")}</LinkButton>
          </SpaceBetween>
        </SpaceBetween>
      </Alert>
    );
  }
  if (!Object.values(states).includes("error")) return null;
  const failed = [train, diagnose].find((run) => run?.status === "failed");
  const isRejected = states.trainingFile === "error" || states.diagnosisFile === "error";
  return (
    <Alert type="error" statusIconAriaLabel={t("common.error")}>
      {isRejected && t("upload.chain.rejected")}
      {!isRejected &&
        (failed?.status === "failed" ? failureMessage(failed.failure, language) : t("upload.chain.failed"))}
    </Alert>
  );
}

type Trained = Extract<RunView, { kind: "training"; status: "succeeded" }>;
const isTrained = (run: RunView | undefined): run is Trained => run?.kind === "training" && run.status === "succeeded";
