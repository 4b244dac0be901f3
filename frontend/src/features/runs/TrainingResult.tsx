import Alert from "@cloudscape-design/components/alert";
import Container from "@cloudscape-design/components/container";
import Header from "@cloudscape-design/components/header";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { useFormats } from "../../i18n/use-formats.ts";
import { useServices } from "../../lib/services.ts";
import { useQueries } from "../../lib/use-queries.ts";
import { DownloadButton } from "../../ui/DownloadButton.tsx";
import { Facts } from "../../ui/Facts.tsx";
import { LinkButton } from "../../ui/LinkButton.tsx";
import { OrderLink } from "../../ui/OrderLink.tsx";
import { RouterLink } from "../../ui/RouterLink.tsx";

export interface TrainingResultProps {
  readonly runId: string;
  readonly result: { readonly modelId: string; readonly accuracy: number; readonly macroF1: number };
  /** Whether the model was there before. */
  readonly reused: boolean;
}

/** The score of the trained model, and its file. */
export function TrainingResult({ runId, result, reused }: TrainingResultProps) {
  const { t } = useTranslation();
  const formats = useFormats();
  const { client } = useServices();
  const { modelId } = result;
  const names = ["model.onnx", "model-card.json", "report.json"] as const;
  return (
    <Container
      header={
        <Header
          variant="h2"
          description={t("home.macroF1Hint")}
          actions={
            <LinkButton variant="primary" to={`/models/${modelId}`}>
              {t("runs.openModel")}
            </LinkButton>
          }
        >
          {t("runs.result")}
        </Header>
      }
    >
      <SpaceBetween size="l">
        {reused && <Reused runId={runId} modelId={modelId} />}
        <Facts
          columns={2}
          items={[
            { label: t("home.accuracy"), value: formats.percent(result.accuracy) },
            { label: t("home.macroF1"), value: formats.number(result.macroF1) },
          ]}
        />
        <SpaceBetween direction="horizontal" size="xs">
          {names.map((artefact) => (
            <DownloadButton
              key={artefact}
              address={() => client.call("downloadModel", { modelId, body: { artefact } })}
            >
              {artefact}
            </DownloadButton>
          ))}
        </SpaceBetween>
      </SpaceBetween>
    </Container>
  );
}

/** That nothing was trained, which run has made the model, and the way to train all the same. */
function Reused({ runId, modelId }: { readonly runId: string; readonly modelId: string }) {
  const { t } = useTranslation();
  const { data: model } = useQuery(useQueries().model(modelId));
  return (
    <Alert
      type="info"
      statusIconAriaLabel={t("common.info")}
      action={<OrderLink to={`/train?run=${runId}&anew=yes`}>{t("train.anew")}</OrderLink>}
    >
      {t("runs.reused")}{" "}
      {model && model.origin !== "imported" && (
        <RouterLink to={`/runs/${model.trainingRunId}`}>{t("runs.reusedRun")}</RouterLink>
      )}
    </Alert>
  );
}
