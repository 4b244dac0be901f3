import Container from "@cloudscape-design/components/container";
import Header from "@cloudscape-design/components/header";
import KeyValuePairs from "@cloudscape-design/components/key-value-pairs";
import type { RunView } from "@systemhealer/contract/run";
import { useTranslation } from "react-i18next";
import { useFormats } from "../../i18n/use-formats.ts";
import { LinkButton } from "../../ui/LinkButton.tsx";

export interface DiagnosisResultProps {
  readonly run: Extract<RunView, { kind: "diagnosis"; status: "succeeded" }>;
}

const mostNamed = 3;

/** What a diagnosis found, in short; its charts, rows and files have a page of their own. */
export function DiagnosisResult({ run }: DiagnosisResultProps) {
  const { t } = useTranslation();
  const formats = useFormats();
  const { runId, result } = run;
  const classes = result.classes
    .filter(({ rows }) => rows > 0)
    .sort((one, other) => other.rows - one.rows)
    .slice(0, mostNamed)
    .map(({ name, rows }) => `${name} (${formats.percent(rows / result.rows)})`);
  return (
    <Container
      header={
        <Header
          variant="h2"
          actions={
            <LinkButton variant="primary" to={`/diagnoses/${runId}`}>
              {t("diagnosis.open")}
            </LinkButton>
          }
        >
          {t("runs.result")}
        </Header>
      }
    >
      <KeyValuePairs
        columns={3}
        items={[
          { label: t("runs.rowsDiagnosed"), value: formats.integer(result.rows) },
          { label: t("runs.meanConfidence"), value: formats.percent(result.meanConfidence) },
          { label: t("data.classes"), value: classes.join(t("diagnosis.comma")) },
        ]}
      />
    </Container>
  );
}
