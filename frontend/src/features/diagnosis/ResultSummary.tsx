import Container from "@cloudscape-design/components/container";
import Header from "@cloudscape-design/components/header";
import SpaceBetween from "@cloudscape-design/components/space-between";
import type { DiagnosisSummary } from "@systemhealer/contract/diagnosis";
import { useTranslation } from "react-i18next";
import { classCounts } from "../../charts/class-counts.ts";
import { useFormats } from "../../i18n/use-formats.ts";
import { useLists } from "../../i18n/use-lists.ts";
import { useServices } from "../../lib/services.ts";
import { DownloadButton } from "../../ui/DownloadButton.tsx";
import { Facts } from "../../ui/Facts.tsx";
import { RouterLink } from "../../ui/RouterLink.tsx";
import { classesPresent } from "./classes-present.ts";
import { type FinishedDiagnosis, modelThatDiagnosed } from "./finished-diagnosis.ts";
import { VerdictWords } from "./VerdictWords.tsx";
import { verdictOf } from "./verdict.ts";

export interface ResultSummaryProps {
  readonly run: FinishedDiagnosis;
  readonly summary: DiagnosisSummary;
}

type Evaluation = NonNullable<DiagnosisSummary["evaluation"]>;

const usualFiles = ["results.csv", "results.json", "summary.json"] as const;
/** Columns beyond them are counted. */
const mostNamed = 4;
const explanationFiles = ["explanations.csv", "explanations.json"] as const;

/** What a diagnosis comes to, in words and figures, and its files. */
export function ResultSummary({ run, summary }: ResultSummaryProps) {
  const { t } = useTranslation();
  const formats = useFormats();
  const { client } = useServices();
  const lists = useLists();
  const { runId, result } = run;
  const { evaluation, unknownRows, anomalies, columns, rows, explainedRows = rows } = summary;
  const list = (names: readonly string[]) => {
    const named = lists.names(names.slice(0, mostNamed));
    return names.length > mostNamed ? `${named} … (${formats.integer(names.length)})` : named;
  };
  const has = new Set(result.artefacts.map(({ name }) => name));
  const files = [...usualFiles, ...explanationFiles.filter((name) => has.has(name))];
  const macroF1In = ({ macroF1, classes, confusion }: Evaluation) => {
    const present = classesPresent(confusion);
    if (present === classes.length) return formats.number(macroF1);
    const counts = { present: formats.integer(present), classes: formats.integer(classes.length) };
    return t("common.withDetail", { name: formats.number(macroF1), detail: t("runs.classesPresent", counts) });
  };
  const facts = [
    { label: t("runs.rowsDiagnosed"), value: formats.integer(summary.rows) },
    { label: t("runs.meanConfidence"), value: formats.percent(summary.meanConfidence) },
    ...(unknownRows === undefined ? [] : [{ label: t("diagnosis.unknownRows"), value: formats.integer(unknownRows) }]),
    ...(anomalies
      ? [
          {
            label: t("diagnosis.anomalousRows"),
            value: t("common.withDetail", {
              name: formats.integer(anomalies.rows),
              detail: formats.percent(anomalies.rows / Math.max(1, rows)),
            }),
          },
        ]
      : []),
    ...(explainedRows < rows
      ? [
          {
            label: t("runs.rowsExplained"),
            value: t("runs.someExplained", {
              explained: formats.integer(explainedRows),
              rows: formats.integer(rows),
            }),
          },
        ]
      : []),
    ...(evaluation
      ? [
          { label: t("runs.evaluation"), value: formats.percent(evaluation.accuracy) },
          { label: t("home.macroF1"), value: macroF1In(evaluation) },
        ]
      : []),
    ...(columns.missing.length > 0 ? [{ label: t("diagnosis.missingColumns"), value: list(columns.missing) }] : []),
    ...(columns.unknown.length > 0 ? [{ label: t("diagnosis.otherColumns"), value: list(columns.unknown) }] : []),
    {
      label: t("diagnosis.model"),
      value: <RouterLink to={`/models/${modelThatDiagnosed(run)}`}>{t("diagnosis.openModel")}</RouterLink>,
    },
    {
      label: t("runs.dataset"),
      value: <RouterLink to={`/data/${run.datasetId}`}>{t("upload.open")}</RouterLink>,
    },
  ];
  return (
    <Container header={<Header variant="h2">{t("diagnosis.result")}</Header>}>
      <SpaceBetween size="m">
        <VerdictWords verdict={verdictOf(classCounts(summary), summary.meanConfidence)} />
        <Facts columns={columnsFor(facts.length)} items={facts} />
        <SpaceBetween direction="horizontal" size="xs">
          {files.map((artefact) => (
            <DownloadButton key={artefact} address={() => client.call("downloadRun", { runId, body: { artefact } })}>
              {artefact}
            </DownloadButton>
          ))}
        </SpaceBetween>
      </SpaceBetween>
    </Container>
  );
}

const mostColumns = 4;

/** As many a line as leave no entry alone on the last one, if that can be. */
function columnsFor(entries: number): number {
  if (entries <= mostColumns) return entries;
  return entries % mostColumns === 1 ? mostColumns - 1 : mostColumns;
}
