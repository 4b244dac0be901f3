import Box from "@cloudscape-design/components/box";
import Container from "@cloudscape-design/components/container";
import Header from "@cloudscape-design/components/header";
import { failureMessage } from "@systemhealer/contract/messages/message";
import type { RunView } from "@systemhealer/contract/run";
import { visible } from "@systemhealer/contract/visible";
import { useTranslation } from "react-i18next";
import { useLanguage } from "../../i18n/language.ts";
import { useFormats } from "../../i18n/use-formats.ts";
import { LinkButton } from "../../ui/LinkButton.tsx";
import { RouterLink } from "../../ui/RouterLink.tsx";
import { RunStatusIndicator } from "../../ui/StatusIndicators.tsx";

const mostShown = 6;

/** What has ended, with what came of it. */
export function FinishedRuns({ runs }: { readonly runs: readonly RunView[] }) {
  const { t } = useTranslation();
  const formats = useFormats();
  const outcomeOf = useOutcome();
  return (
    <Container
      header={
        <Header variant="h2" actions={<LinkButton to="/runs">{t("home.allRuns")}</LinkButton>}>
          {t("home.recent")}
        </Header>
      }
    >
      {runs.length === 0 && <Box color="text-body-secondary">{t("home.nothingFinished")}</Box>}
      <ul className="home-list home-finished">
        {runs.slice(0, mostShown).map((run) => (
          <li key={run.runId}>
            <RouterLink to={`/runs/${run.runId}`}>{visible(run.name)}</RouterLink>
            <div>
              <RunStatusIndicator status={run.status} /> {outcomeOf(run)}
            </div>
            <Box color="text-body-secondary" fontSize="body-s">
              {t(`runs.kind.${run.kind}`)} · {formats.time("endedAt" in run ? run.endedAt : run.createdAt)}
            </Box>
          </li>
        ))}
      </ul>
    </Container>
  );
}

/** The one figure, or the reason, that says most about a run that has ended. */
function useOutcome(): (run: RunView) => string {
  const { t } = useTranslation();
  const formats = useFormats();
  const language = useLanguage();
  return (run) => {
    if (run.status === "failed") return `· ${failureMessage(run.failure, language)}`;
    if (run.status !== "succeeded") return "";
    if (run.kind === "training") return `· ${t("home.accuracy")} ${formats.percent(run.result.accuracy)}`;
    if (run.kind === "clustering")
      return `· ${t("common.fact", { name: t("clusters.groups"), value: formats.integer(run.result.clusters) })}`;
    if (run.kind === "adaptation") return `· ${t(`adaptation.verdict.${run.result.verdict}`)}`;
    return `· ${t("common.fact", { name: t("runs.rowsDiagnosed"), value: formats.integer(run.result.rows) })}`;
  };
}
