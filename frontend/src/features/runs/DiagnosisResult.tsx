import Container from "@cloudscape-design/components/container";
import Header from "@cloudscape-design/components/header";
import KeyValuePairs from "@cloudscape-design/components/key-value-pairs";
import SpaceBetween from "@cloudscape-design/components/space-between";
import type { RunView } from "@systemhealer/contract/run";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { BarChart } from "../../charts/BarChart.tsx";
import { ChartFrame } from "../../charts/ChartFrame.tsx";
import { useFormats } from "../../i18n/use-formats.ts";
import { useServices } from "../../lib/services.ts";
import { useQueries } from "../../lib/use-queries.ts";
import { DownloadButton } from "../../ui/DownloadButton.tsx";

export interface DiagnosisResultProps {
  readonly run: Extract<RunView, { kind: "diagnosis"; status: "succeeded" }>;
}

/** What a diagnosis found, by class, and its files. */
export function DiagnosisResult({ run }: DiagnosisResultProps) {
  const { t } = useTranslation();
  const formats = useFormats();
  const { client } = useServices();
  const { data: summary } = useQuery(useQueries().runSummary(run.runId));
  const { runId, result } = run;
  const bars = result.classes.map(({ name, rows }) => ({ name, value: rows }));
  const accuracy = summary?.evaluation?.accuracy;
  return (
    <SpaceBetween size="l">
      <Container header={<Header variant="h2">{t("runs.result")}</Header>}>
        <SpaceBetween size="l">
          <KeyValuePairs
            columns={3}
            items={[
              { label: t("runs.rowsDiagnosed"), value: formats.integer(result.rows) },
              { label: t("runs.meanConfidence"), value: formats.percent(result.meanConfidence) },
              {
                label: t("runs.evaluation"),
                value: accuracy === undefined ? t("common.none") : formats.percent(accuracy),
              },
            ]}
          />
          <SpaceBetween direction="horizontal" size="xs">
            {(["results.csv", "results.json", "summary.json"] as const).map((artefact) => (
              <DownloadButton key={artefact} address={() => client.call("downloadRun", { runId, body: { artefact } })}>
                {artefact}
              </DownloadButton>
            ))}
          </SpaceBetween>
        </SpaceBetween>
      </Container>
      <ChartFrame
        title={t("runs.resultChart")}
        zoom="xy"
        table={{
          columns: [t("data.classes"), t("common.rows")],
          rows: bars.map(({ name, value }) => [name, formats.integer(value)]),
        }}
      >
        <BarChart title={t("runs.resultChart")} bars={bars} format={formats.integer} />
      </ChartFrame>
    </SpaceBetween>
  );
}
