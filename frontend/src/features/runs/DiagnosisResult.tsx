import type { RunView } from "@systemhealer/contract/run";
import { useTranslation } from "react-i18next";
import { useFormats } from "../../i18n/use-formats.ts";
import { ShortResult } from "./ShortResult.tsx";

export interface DiagnosisResultProps {
  readonly run: Extract<RunView, { kind: "diagnosis"; status: "succeeded" }>;
}

const mostNamed = 3;

/** The most frequent classes of a diagnosis; its charts, rows and files are on their page. */
export function DiagnosisResult({ run }: DiagnosisResultProps) {
  const { t } = useTranslation();
  const formats = useFormats();
  const { runId, result } = run;
  const classes = result.classes
    .filter(({ rows }) => rows > 0)
    .sort((one, other) => other.rows - one.rows)
    .slice(0, mostNamed)
    .map(({ name, rows }) => t("common.withDetail", { name, detail: formats.percent(rows / result.rows) }));
  return (
    <ShortResult
      to={`/diagnoses/${runId}`}
      linkText={t("diagnosis.open")}
      facts={[
        { label: t("runs.rowsDiagnosed"), value: formats.integer(result.rows) },
        { label: t("runs.meanConfidence"), value: formats.percent(result.meanConfidence) },
        { label: t("data.classes"), value: classes.join(t("common.comma")) },
      ]}
    />
  );
}
