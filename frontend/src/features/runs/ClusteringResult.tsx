import Container from "@cloudscape-design/components/container";
import Header from "@cloudscape-design/components/header";
import KeyValuePairs from "@cloudscape-design/components/key-value-pairs";
import type { RunView } from "@systemhealer/contract/run";
import { useTranslation } from "react-i18next";
import { useFormats } from "../../i18n/use-formats.ts";
import { LinkButton } from "../../ui/LinkButton.tsx";

export interface ClusteringResultProps {
  readonly run: Extract<RunView, { kind: "clustering"; status: "succeeded" }>;
}

/** What a clustering found, in short; its groups and their names have a page of their own. */
export function ClusteringResult({ run }: ClusteringResultProps) {
  const { t } = useTranslation();
  const formats = useFormats();
  const { runId, method, result } = run;
  return (
    <Container
      header={
        <Header
          variant="h2"
          actions={
            <LinkButton variant="primary" to={`/clusters/${runId}`}>
              {t("clusters.open")}
            </LinkButton>
          }
        >
          {t("runs.result")}
        </Header>
      }
    >
      <KeyValuePairs
        columns={4}
        items={[
          { label: t("clusters.groups"), value: formats.integer(result.clusters) },
          { label: t("common.rows"), value: formats.integer(result.rows) },
          { label: t("clusters.rowsInNone"), value: formats.integer(result.noiseRows) },
          { label: t("clusters.method"), value: t(`clusters.methods.${method}`) },
        ]}
      />
    </Container>
  );
}
