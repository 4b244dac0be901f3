import Header from "@cloudscape-design/components/header";
import StatusIndicator from "@cloudscape-design/components/status-indicator";
import Table from "@cloudscape-design/components/table";
import type { Standing } from "@systemhealer/contract/leaderboard";
import { useTranslation } from "react-i18next";
import { useFormats } from "../../i18n/use-formats.ts";
import { useSettingTexts } from "../../i18n/use-setting-texts.ts";
import { ranked } from "./ranked.ts";

const types = {
  waiting: "pending",
  fitting: "in-progress",
  scored: "success",
  "stopped-early": "stopped",
  failed: "error",
} as const;

/** How the learners stand that a training compares, while it does so: the best so far first. */
export function Standings({ standings }: { readonly standings: readonly Standing[] }) {
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
        <Header variant="h2" description={t("runs.standingsHint")}>
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
          cell: ({ status, reason }) => (
            <StatusIndicator type={types[status]}>
              {reason
                ? t("common.withDetail", {
                    name: t(`runs.standing.${status}`),
                    detail: t(`models.entryReason.${reason}`),
                  })
                : t(`runs.standing.${status}`)}
            </StatusIndicator>
          ),
        },
      ]}
    />
  );
}
