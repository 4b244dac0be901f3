import Container from "@cloudscape-design/components/container";
import Header from "@cloudscape-design/components/header";
import ProgressBar from "@cloudscape-design/components/progress-bar";
import SpaceBetween from "@cloudscape-design/components/space-between";
import StatusIndicator from "@cloudscape-design/components/status-indicator";
import type { Progress, RunView } from "@systemhealer/contract/run";
import { useQuery } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { useFormats } from "../../i18n/use-formats.ts";
import { useSettingTexts } from "../../i18n/use-setting-texts.ts";
import { type CurveUnit, curveUnit } from "../../lib/curve-unit.ts";
import { isMoving } from "../../lib/queries.ts";
import { useQueries } from "../../lib/use-queries.ts";
import { Facts } from "../../ui/Facts.tsx";
import { RouterLink } from "../../ui/RouterLink.tsx";
import { useStageText } from "../../ui/use-stage-text.ts";
import { runSteps } from "./run-steps.ts";
import { elapsedSeconds } from "./run-times.ts";
import "./runs.css";

/** How far a run is, step by step. */
export function RunOverview({ run }: { readonly run: RunView }) {
  const { t } = useTranslation();
  const formats = useFormats();
  const stageText = useStageText();
  const now = useNow(isMoving(run));
  const elapsed = elapsedSeconds(run, now);
  return (
    <Container header={<Header variant="h2">{t("runs.steps")}</Header>}>
      <SpaceBetween size="l">
        {run.status === "queued" && <Waiting run={run} />}
        {run.status === "running" && (
          <ProgressBar
            label={t("runs.progress")}
            value={100 * run.progress.fraction}
            additionalInfo={<Detail progress={run.progress} unit={curveUnit(learnerOf(run))} />}
          />
        )}
        <ol className="run-steps">
          {runSteps(run).map(({ stage, state }) => (
            <li key={stage}>
              <StatusIndicator type={state} iconAriaLabel={t(`runs.step.${state}`)}>
                {stageText(run.kind, stage)}
              </StatusIndicator>
            </li>
          ))}
        </ol>
        <Facts
          columns={4}
          items={[
            {
              label: t("runs.dataset"),
              value: <RouterLink to={`/data/${run.datasetId}`}>{t("upload.open")}</RouterLink>,
            },
            ...(run.kind === "training" && run.thenDiagnose
              ? [
                  {
                    label: t("train.thenDiagnose"),
                    value: <RouterLink to={`/data/${run.thenDiagnose}`}>{t("upload.open")}</RouterLink>,
                  },
                ]
              : []),
            {
              label: t("runs.started"),
              value: "startedAt" in run && run.startedAt ? formats.time(run.startedAt) : t("common.none"),
            },
            { label: t("runs.ended"), value: "endedAt" in run ? formats.time(run.endedAt) : t("common.none") },
            {
              label: t("runs.elapsed"),
              value: elapsed === undefined ? t("common.none") : formats.duration(elapsed),
            },
          ]}
        />
      </SpaceBetween>
    </Container>
  );
}

/** What is fitted now, by the last attempt. */
const learnerOf = (run: RunView) => (run.kind === "training" ? run.attempts.at(-1)?.learner : undefined);

/** What the running stage is at. */
function Detail({
  progress: { epoch, epochs, search },
  unit,
}: {
  readonly progress: Progress;
  readonly unit: CurveUnit;
}) {
  const { t } = useTranslation();
  const { option } = useSettingTexts();
  if (search) {
    const { learner: name, fold, folds } = search;
    const learner = option(name);
    if (folds === 0) return t("runs.lastFit", { learner });
    return fold === 0 ? t("runs.lookingForRounds", { learner }) : t("runs.foldOf", { learner, fold, folds });
  }
  return epoch && epochs ? t(`runs.curveAt.${unit}`, { epoch, epochs }) : "";
}

/** What it waits for. */
function Waiting({ run }: { readonly run: Extract<RunView, { status: "queued" }> }) {
  const { t } = useTranslation();
  if (run.kind !== "diagnosis" || !run.awaitsDataset) return <QueuePlace runId={run.runId} />;
  return (
    <StatusIndicator type="pending" iconAriaLabel={t("runs.status.queued")} wrapText>
      {t("runs.awaitsDataset")}
    </StatusIndicator>
  );
}

/** How many wait before it. */
function QueuePlace({ runId }: { readonly runId: string }) {
  const { t } = useTranslation();
  const formats = useFormats();
  const { data } = useQuery(useQueries().runQueue(runId));
  if (!data || data.position === null) return null;
  return (
    <StatusIndicator type="pending" iconAriaLabel={t("runs.status.queued")}>
      {t("runs.queuePlace", { position: formats.integer(data.position), running: formats.integer(data.running) })}
    </StatusIndicator>
  );
}

/** The time, each second while something moves. */
function useNow(isMovingNow: boolean): number {
  const [now, setNow] = useState(Date.now);
  useEffect(() => {
    if (!isMovingNow) return;
    const timer = setInterval(() => setNow(Date.now()), 1_000);
    return () => clearInterval(timer);
  }, [isMovingNow]);
  return now;
}
