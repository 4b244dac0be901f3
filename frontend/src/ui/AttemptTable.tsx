import Header from "@cloudscape-design/components/header";
import StatusIndicator from "@cloudscape-design/components/status-indicator";
import Table from "@cloudscape-design/components/table";
import { failureMessage } from "@systemhealer/contract/messages/message";
import type { Attempt } from "@systemhealer/contract/run";
import { useTranslation } from "react-i18next";
import { useLanguage } from "../i18n/language.ts";
import { useFormats } from "../i18n/use-formats.ts";
import { useSettingTexts } from "../i18n/use-setting-texts.ts";

const types = { running: "in-progress", succeeded: "success", failed: "error", cancelled: "stopped" } as const;

export interface AttemptTableProps {
  readonly attempts: readonly Attempt[];
  /** Whether their run was cancelled, which ended the last of them. */
  readonly isCancelled?: boolean;
}

/** What was tried, one learner after the other. */
export function AttemptTable({ attempts, isCancelled = false }: AttemptTableProps) {
  const { t } = useTranslation();
  const formats = useFormats();
  const language = useLanguage();
  const { option } = useSettingTexts();
  const words: Readonly<Record<string, string>> = t("runs.size", { returnObjects: true });
  const sizes = (text: string) => text.replace(/learning rate|leaves|trees|window/g, (word) => words[word] ?? word);
  // After its kind stand the settings that were tried.
  const inWords = (learner: string) => {
    const [kind = "", ...rest] = learner.split(" ");
    return rest.length === 0
      ? option(kind)
      : t("common.withDetail", { name: option(kind), detail: sizes(rest.join(" ")) });
  };
  if (attempts.length === 0) return null;
  return (
    <Table
      trackBy={({ number }) => String(number)}
      wrapLines
      items={attempts}
      ariaLabels={{ tableLabel: t("runs.attempts") }}
      header={<Header variant="h2">{t("runs.attempts")}</Header>}
      columnDefinitions={[
        {
          id: "number",
          header: "#",
          isRowHeader: true,
          minWidth: 110,
          cell: ({ number }) => t("runs.attempt", { number }),
        },
        { id: "learner", header: t("train.fields.learner"), minWidth: 150, cell: ({ learner }) => inWords(learner) },
        {
          id: "outcome",
          minWidth: 110,
          header: t("common.status"),
          cell: ({ outcome, failure }) => {
            const state = isCancelled && outcome !== "succeeded" && !failure ? "cancelled" : outcome;
            return <StatusIndicator type={types[state]}>{t(`runs.outcome.${state}`)}</StatusIndicator>;
          },
        },
        { id: "started", header: t("runs.started"), minWidth: 150, cell: ({ startedAt }) => formats.time(startedAt) },
        {
          id: "reason",
          minWidth: 180,
          header: t("runs.reason"),
          cell: ({ failure }) => (failure ? failureMessage(failure, language) : t("common.none")),
        },
      ]}
    />
  );
}
