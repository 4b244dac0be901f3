import Box from "@cloudscape-design/components/box";
import Container from "@cloudscape-design/components/container";
import Header from "@cloudscape-design/components/header";
import ProgressBar from "@cloudscape-design/components/progress-bar";
import type { RunView } from "@systemhealer/contract/run";
import { visible } from "@systemhealer/contract/visible";
import { useTranslation } from "react-i18next";
import { useFormats } from "../../i18n/use-formats.ts";
import { RouterLink } from "../../ui/RouterLink.tsx";
import { RunStatusIndicator } from "../../ui/StatusIndicators.tsx";
import { useStageText } from "../../ui/use-stage-text.ts";

const mostShown = 5;

/** What runs or waits, and how far it is. */
export function RunningRuns({ runs }: { readonly runs: readonly RunView[] }) {
  const { t } = useTranslation();
  const formats = useFormats();
  const stageText = useStageText();
  const counter = runs.length > 0 && { counter: `(${formats.integer(runs.length)})` };
  return (
    <Container
      header={
        <Header variant="h2" {...counter}>
          {t("home.running")}
        </Header>
      }
    >
      {runs.length === 0 && <Box color="text-body-secondary">{t("home.nothingRuns")}</Box>}
      <ul className="home-list">
        {runs.slice(0, mostShown).map((run) => (
          <li key={run.runId}>
            <div className="line">
              <RouterLink to={`/runs/${run.runId}`}>{visible(run.name)}</RouterLink>
              <span>
                {t(`runs.kind.${run.kind}`)} · <RunStatusIndicator status={run.status} />
              </span>
            </div>
            {run.status === "running" && (
              <ProgressBar
                ariaLabel={run.name}
                value={100 * run.progress.fraction}
                description={stageText(run.kind, run.progress.stage)}
              />
            )}
          </li>
        ))}
      </ul>
    </Container>
  );
}
