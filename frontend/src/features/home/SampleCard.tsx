import Alert from "@cloudscape-design/components/alert";
import Box from "@cloudscape-design/components/box";
import Button from "@cloudscape-design/components/button";
import Container from "@cloudscape-design/components/container";
import Header from "@cloudscape-design/components/header";
import ProgressBar from "@cloudscape-design/components/progress-bar";
import SpaceBetween from "@cloudscape-design/components/space-between";
import StatusIndicator from "@cloudscape-design/components/status-indicator";
import type { RunView } from "@systemhealer/contract/run";
import { useTranslation } from "react-i18next";
import { useFormats } from "../../i18n/use-formats.ts";
import { ErrorAlert } from "../../ui/ErrorAlert.tsx";
import { LinkButton } from "../../ui/LinkButton.tsx";
import { OrderLink } from "../../ui/OrderLink.tsx";
import { useRefusal } from "../../ui/use-refusal.ts";
import { type SampleProgress, type SampleStep, sampleSteps } from "./run-sample.ts";
import { useSample } from "./use-sample.ts";

const stepTexts = {
  simulate: "home.stepSimulate",
  uploadTraining: "home.stepUploadTraining",
  train: "home.stepTrain",
  uploadDiagnosis: "home.stepUploadDiagnosis",
  diagnose: "home.stepDiagnose",
} as const satisfies Record<SampleStep, string>;

/**
 * One button that loads the sample and runs everything, and how far it is.
 * @param runs as the rest of the page shows them
 */
export function SampleCard({ runs }: { readonly runs: readonly RunView[] }) {
  const { t } = useTranslation();
  const { progress: latest, error, start } = useSample();
  const progress = latest && withSharedProgress(latest, runs);
  const refusal = useRefusal();
  const isRunning = progress !== undefined && progress.step !== "done" && !error;
  return (
    <Container header={<Header variant="h2">{t("home.firstTitle")}</Header>}>
      <SpaceBetween size="m">
        <Box variant="p">{t("home.firstText")}</Box>
        <SampleSteps progress={progress} hasFailed={error !== undefined} />
        {error !== undefined && <ErrorAlert error={error} />}
        {progress?.step === "done" && <SampleEnd progress={progress} />}
        <SpaceBetween direction="horizontal" size="xs">
          {progress?.step !== "done" && (
            <Button variant="primary" iconName="play" loading={isRunning} {...refusal()} onClick={start}>
              {t("home.firstButton")}
            </Button>
          )}
          <OrderLink to="/data/chain">{t("home.ownData")}</OrderLink>
        </SpaceBetween>
      </SpaceBetween>
    </Container>
  );
}

/** The same run stands at the same figure in each place of a page. */
function withSharedProgress(progress: SampleProgress, runs: readonly RunView[]): SampleProgress {
  const { step, trainingRunId, diagnosisRunId } = progress;
  const runId = step === "train" ? trainingRunId : step === "diagnose" ? diagnosisRunId : undefined;
  const run = runs.find((each) => runId !== undefined && each.runId === runId);
  return run?.status === "running" ? { ...progress, fraction: run.progress.fraction } : progress;
}

interface SampleStepsProps {
  /** Left out before the start. */
  readonly progress: SampleProgress | undefined;
  readonly hasFailed: boolean;
}

/** What is done, one step after the other. */
function SampleSteps({ progress, hasFailed }: SampleStepsProps) {
  const { t } = useTranslation();
  const at = progress?.step === "done" ? sampleSteps.length : progress ? sampleSteps.indexOf(progress.step) : -1;
  return (
    <SpaceBetween size="xs">
      {sampleSteps.map((step, index) => {
        const type = index < at ? "success" : index > at ? "pending" : hasFailed ? "error" : "in-progress";
        return (
          <div key={step}>
            <StatusIndicator type={type} iconAriaLabel={t(`runs.step.${type}`)}>
              {t(stepTexts[step])}
            </StatusIndicator>
            {type === "in-progress" && progress && progress.fraction > 0 && (
              <ProgressBar ariaLabel={t(stepTexts[step])} value={100 * progress.fraction} />
            )}
          </div>
        );
      })}
    </SpaceBetween>
  );
}

function SampleEnd({ progress }: { readonly progress: SampleProgress }) {
  const { t } = useTranslation();
  const formats = useFormats();
  const { accuracy, trainingRunId, diagnosisRunId } = progress;
  return (
    <Alert type="success" statusIconAriaLabel={t("common.success")}>
      <SpaceBetween size="s">
        <span>{t("home.sampleDone", { accuracy: accuracy === undefined ? "–" : formats.percent(accuracy) })}</span>
        <SpaceBetween direction="horizontal" size="xs">
          <LinkButton to={`/runs/${trainingRunId}`}>{t("home.openTraining")}</LinkButton>
          <LinkButton to={`/diagnoses/${diagnosisRunId}`}>{t("home.openDiagnosis")}</LinkButton>
        </SpaceBetween>
      </SpaceBetween>
    </Alert>
  );
}
