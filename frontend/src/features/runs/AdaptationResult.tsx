import Container from "@cloudscape-design/components/container";
import Header from "@cloudscape-design/components/header";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { leavesModel } from "@systemhealer/contract/adaptation";
import type { RunView } from "@systemhealer/contract/run";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { useFormats } from "../../i18n/use-formats.ts";
import { useQueries } from "../../lib/use-queries.ts";
import { ErrorAlert } from "../../ui/ErrorAlert.tsx";
import { Facts } from "../../ui/Facts.tsx";
import { LinkButton } from "../../ui/LinkButton.tsx";
import { SurenessAlert } from "../../ui/SurenessAlert.tsx";

type Measure = "reverseScore" | "agreement" | "unstable" | "structure" | "student";

export interface AdaptationResultProps {
  readonly run: Extract<RunView, { kind: "adaptation"; status: "succeeded" }>;
}

/** How sure the model is that was fitted to a new environment, and what that rests on. */
export function AdaptationResult({ run }: AdaptationResultProps) {
  const { t } = useTranslation();
  const formats = useFormats();
  const { runId, result } = run;
  const { data: facts, error, refetch } = useQuery(useQueries().runAdaptation(runId));
  const isModelLeft = leavesModel(result.verdict);
  const measured = (name: Measure, value: number | null, told: (value: number) => string) =>
    value === null ? [] : [{ label: t(`adaptation.${name}`), value: told(value) }];
  return (
    <Container
      header={
        <Header
          variant="h2"
          actions={
            <SpaceBetween direction="horizontal" size="xs">
              <LinkButton to={`/diagnoses/${runId}`}>{t("adaptation.openResult")}</LinkButton>
              <LinkButton variant="primary" to={`/models/${result.modelId}`}>
                {t(isModelLeft ? "adaptation.openOldModel" : "adaptation.openModel")}
              </LinkButton>
            </SpaceBetween>
          }
        >
          {t(isModelLeft ? "adaptation.noStatement" : "adaptation.statement")}
        </Header>
      }
    >
      <SpaceBetween size="m">
        <SurenessAlert verdict={result.verdict} expected={result.expectedAccuracy} labelledRows={result.labelledRows} />
        <ErrorAlert error={error} onRetry={() => void refetch()} />
        {facts && (
          <Facts
            columns={3}
            items={[
              // Where no model was made, what would speak for it was not measured.
              ...measured("reverseScore", facts.reverseScore, formats.number),
              ...measured("agreement", facts.agreement, formats.percent),
              ...measured("unstable", facts.unstableShare, formats.percent),
              ...measured("structure", facts.structureLikeness, formats.number),
              ...measured("student", facts.studentAgreement, formats.percent),
              { label: t("adaptation.fittedRows"), value: formats.integer(facts.fittedRows) },
              { label: t("adaptation.sourceRows"), value: formats.integer(facts.sourceRows) },
              { label: t("adaptation.labelledRows"), value: formats.integer(facts.labelledRows) },
              ...(facts.ignoredLabelledRows > 0
                ? [{ label: t("adaptation.ignored"), value: formats.integer(facts.ignoredLabelledRows) }]
                : []),
            ]}
          />
        )}
      </SpaceBetween>
    </Container>
  );
}
