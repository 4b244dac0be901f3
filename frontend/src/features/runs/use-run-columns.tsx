import type { TableProps } from "@cloudscape-design/components/table";
import type { RunView } from "@systemhealer/contract/run";
import { useTranslation } from "react-i18next";
import { useFormats } from "../../i18n/use-formats.ts";
import { EndStateIndicator } from "../../ui/EndStateIndicator.tsx";
import { ListName } from "../../ui/ListName.tsx";
import { RunStatusIndicator } from "../../ui/StatusIndicators.tsx";
import { TagList } from "../../ui/TagList.tsx";
import { elapsedSeconds } from "./run-times.ts";

export function useRunColumns(): TableProps.ColumnDefinition<RunView>[] {
  const { t } = useTranslation();
  const formats = useFormats();
  return [
    {
      id: "name",
      header: t("common.name"),
      isRowHeader: true,
      minWidth: 160,
      cell: ({ runId, name, tags }) => (
        <>
          <ListName to={`/runs/${runId}`} name={name} />
          <TagList tags={tags} />
        </>
      ),
    },
    {
      id: "status",
      header: t("common.status"),
      minWidth: 145,
      cell: ({ status }) => <RunStatusIndicator status={status} />,
    },
    { id: "kind", header: t("runs.kindLabel"), minWidth: 110, cell: ({ kind }) => t(`runs.kind.${kind}`) },
    {
      id: "result",
      header: t("runs.result"),
      minWidth: 150,
      cell: (run) => {
        if (run.status === "running") return formats.percent(run.progress.fraction);
        if (run.status !== "succeeded") return t("common.none");
        if (run.kind === "training")
          return t("common.fact", { name: t("home.macroF1"), value: formats.number(run.result.macroF1) });
        if (run.kind === "clustering")
          return t("common.fact", { name: t("clusters.groups"), value: formats.integer(run.result.clusters) });
        if (run.kind === "adaptation") return t(`adaptation.verdict.${run.result.verdict}`);
        return (
          <>
            {t("common.fact", { name: t("common.rows"), value: formats.integer(run.result.rows) })}{" "}
            <EndStateIndicator run={run} />
          </>
        );
      },
    },
    {
      id: "elapsed",
      header: t("runs.elapsed"),
      minWidth: 110,
      cell: (run) => {
        const seconds = elapsedSeconds(run, Date.now());
        return seconds === undefined ? t("common.none") : formats.duration(seconds);
      },
    },
    { id: "created", header: t("common.created"), minWidth: 180, cell: ({ createdAt }) => formats.time(createdAt) },
  ];
}
