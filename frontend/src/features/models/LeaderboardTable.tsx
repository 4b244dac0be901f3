import Box from "@cloudscape-design/components/box";
import Header from "@cloudscape-design/components/header";
import StatusIndicator from "@cloudscape-design/components/status-indicator";
import Table from "@cloudscape-design/components/table";
import type { Leaderboard, LeaderboardEntry } from "@systemhealer/contract/leaderboard";
import { useTranslation } from "react-i18next";
import { useFormats } from "../../i18n/use-formats.ts";
import { useLists } from "../../i18n/use-lists.ts";
import { useSettingTexts } from "../../i18n/use-setting-texts.ts";
import { entrySettings } from "./settings-rows.ts";
import { useSettingValue } from "./use-setting-value.ts";

const types = { scored: "success", "stopped-early": "stopped", failed: "error" } as const;
type Line = LeaderboardEntry & { readonly rank: number };

/** Every learner that was tried, how it did on the same folds, and what part it has in the blend. */
export function LeaderboardTable({ leaderboard }: { readonly leaderboard: Leaderboard }) {
  const { t } = useTranslation();
  const lists = useLists();
  const formats = useFormats();
  const { field, option } = useSettingTexts();
  const inWords = useSettingValue();
  const { entries, folds, rows, seconds, budgetSeconds } = leaderboard;
  const settingsOf = (entry: LeaderboardEntry) =>
    lists.names(
      entrySettings(entry).map(([name, value]) => t("common.fact", { name: field(name), value: inWords(value) })),
    ) || t("models.defaultSettings");
  const budget = budgetSeconds === 0 ? t("models.noBudget") : formats.duration(budgetSeconds);
  return (
    <Table
      trackBy={({ rank }) => String(rank)}
      contentDensity="compact"
      wrapLines
      items={entries.map((entry, index): Line => ({ ...entry, rank: index + 1 }))}
      ariaLabels={{ tableLabel: t("models.leaderboard") }}
      header={
        <Header
          variant="h2"
          description={t("models.leaderboardHint", {
            folds: formats.integer(folds),
            rows: formats.integer(rows),
            seconds: formats.duration(seconds),
            budget,
          })}
        >
          {t("models.leaderboard")}
        </Header>
      }
      footer={
        <Box color="text-body-secondary">
          {t("models.blendScore", {
            macroF1: formats.number(leaderboard.macroF1),
            accuracy: formats.percent(leaderboard.accuracy),
          })}
        </Box>
      }
      columnDefinitions={[
        {
          id: "learner",
          header: t("models.learner"),
          isRowHeader: true,
          minWidth: 170,
          cell: (entry) => (
            <>
              {`${entry.rank}. ${option(entry.learner)}`}
              <Box color="text-body-secondary" fontSize="body-s">
                {settingsOf(entry)}
              </Box>
            </>
          ),
        },
        {
          id: "macroF1",
          header: t("models.macroF1"),
          minWidth: 120,
          cell: ({ folds: scored, macroF1, macroF1Spread }) =>
            scored === 0 || macroF1 === null || macroF1Spread === null
              ? t("common.none")
              : t("models.leaderboardSpread", {
                  score: formats.number(macroF1),
                  spread: formats.number(macroF1Spread),
                }),
        },
        {
          id: "accuracy",
          header: t("models.accuracy"),
          minWidth: 90,
          cell: ({ folds: scored, accuracy }) =>
            scored === 0 || accuracy === null ? t("common.none") : formats.percent(accuracy),
        },
        { id: "weight", header: t("models.weight"), minWidth: 100, cell: ({ weight }) => formats.percent(weight) },
        {
          id: "seconds",
          header: t("models.seconds"),
          minWidth: 80,
          cell: (entry) => formats.duration(entry.seconds),
        },
        {
          id: "status",
          header: t("common.status"),
          minWidth: 150,
          cell: ({ status, reason }) => (
            <StatusIndicator type={types[status]}>
              {reason
                ? t("common.withDetail", {
                    name: t(`models.entryStatus.${status}`),
                    detail: t(`models.entryReason.${reason}`),
                  })
                : t(`models.entryStatus.${status}`)}
            </StatusIndicator>
          ),
        },
      ]}
    />
  );
}
