import Container from "@cloudscape-design/components/container";
import Header from "@cloudscape-design/components/header";
import ProgressBar from "@cloudscape-design/components/progress-bar";
import SpaceBetween from "@cloudscape-design/components/space-between";
import StatusIndicator from "@cloudscape-design/components/status-indicator";
import { useTranslation } from "react-i18next";
import { RouterLink } from "../../ui/RouterLink.tsx";
import { type ChainRecords, type ChainStep, type ChainStepState, chainSteps } from "./chain-steps.ts";

export interface ChainStepsProps {
  readonly records: ChainRecords;
  readonly states: Readonly<Record<ChainStep, ChainStepState>>;
}

/** The steps one below the other, each with the way to its page. */
export function ChainSteps({ records, states }: ChainStepsProps) {
  const { t } = useTranslation();
  return (
    <Container header={<Header variant="h2">{t("upload.chain.progress")}</Header>}>
      <SpaceBetween size="m">
        {chainSteps.map((step) => {
          const address = addressOf(step, records);
          const state = states[step];
          const fraction = fractionOf(step, records);
          return (
            <SpaceBetween key={step} size="xxs">
              <span>
                <StatusIndicator type={state} iconAriaLabel={t(`runs.step.${state}`)} wrapText>
                  {t(`upload.chain.step.${step}`)}
                </StatusIndicator>{" "}
                {address && <RouterLink to={address}>{t("upload.chain.openStep")}</RouterLink>}
              </span>
              {fraction !== undefined && (
                <ProgressBar ariaLabel={t(`upload.chain.step.${step}`)} value={100 * fraction} />
              )}
            </SpaceBetween>
          );
        })}
      </SpaceBetween>
    </Container>
  );
}

function addressOf(step: ChainStep, records: ChainRecords): string | undefined {
  if (step === "diagnosisFile" || step === "trainingFile") {
    const file = records[step];
    return file && `/data/${file.datasetId}`;
  }
  const run = records[step];
  return run && `/runs/${run.runId}`;
}

function fractionOf(step: ChainStep, records: ChainRecords): number | undefined {
  if (step === "diagnosisFile" || step === "trainingFile") return undefined;
  const run = records[step];
  return run?.status === "running" ? run.progress.fraction : undefined;
}
