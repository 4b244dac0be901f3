import Header from "@cloudscape-design/components/header";
import StatusIndicator, { type StatusIndicatorProps } from "@cloudscape-design/components/status-indicator";
import Table from "@cloudscape-design/components/table";
import type { Standing } from "@systemhealer/contract/leaderboard";
import { useTranslation } from "react-i18next";
import { useFormats } from "../../i18n/use-formats.ts";
import { useSettingTexts } from "../../i18n/use-setting-texts.ts";
import { ranked } from "./ranked.ts";
import { type StandingState, standingState } from "./standing-state.ts";

const types = {
  waiting: "pending",
  fitting: "in-progress",
  scored: "success",
  "stopped-early": "stopped",
  failed: "error",
  unreached: "stopped",
  interrupted: "stopped",
  compared: "success",
} as const satisfies Readonly<Record<StandingState, StatusIndicatorProps.Type>>;

export interface StandingsProps {
  readonly standings: readonly Standing[];
  /** Whether their run has ended. */
  readonly hasEnded: boolean;
}

/** How the learners stand that a training compares, while it does so and when it ended: the best so far first. */
export function Standings({ standings, hasEnded }: StandingsProps) {
  const { t } = useTranslation();
  const formats = useFormats();
  const { option } = useSettingTexts();
  if (standings.length === 0) return null;
  return (
    <Table
      trackBy={({ place }) => String(place)}
      contentDensity="compact"
      wrapLines
      items={ranked(standings)}
      ariaLabels={{ tableLabel: t("runs.standings") }}
      header={
        <Header variant="h2" description={t(hasEnded ? "runs.standingsEnded" : "runs.standingsHint")}>
          {t("runs.standings")}
        </Header>
      }
      columnDefinitions={[
        {
          id: "learner",
          header: t("train.fields.learner"),
          isRowHeader: true,
          minWidth: 130,
          cell: ({ learner, copy }) =>
            copy === undefined ? option(learner) : t("common.withDetail", { name: option(learner), detail: copy }),
        },
        {
          id: "macroF1",
          header: t("home.macroF1"),
          minWidth: 90,
          cell: ({ folds, macroF1 }) => (folds === 0 ? t("common.none") : formats.number(macroF1)),
        },
        { id: "folds", header: t("runs.foldsDone"), minWidth: 80, cell: ({ folds }) => formats.integer(folds) },
        {
          id: "status",
          header: t("common.status"),
          minWidth: 140,
          cell: (standing) => {
            const state = standingState(standing.status, hasEnded);
            const name = t(`runs.standing.${state}`);
            const { reason } = standing;
            return (
              <StatusIndicator type={types[state]}>
                {reason ? t("common.withDetail", { name, detail: t(`models.entryReason.${reason}`) }) : name}
              </StatusIndicator>
            );
          },
        },
      ]}
    />
  );
}
