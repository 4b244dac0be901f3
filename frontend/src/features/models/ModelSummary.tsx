import Box from "@cloudscape-design/components/box";
import Container from "@cloudscape-design/components/container";
import Header from "@cloudscape-design/components/header";
import SpaceBetween from "@cloudscape-design/components/space-between";
import type { ModelView } from "@systemhealer/contract/model";
import { useTranslation } from "react-i18next";
import { useFormats } from "../../i18n/use-formats.ts";
import { useSettingTexts } from "../../i18n/use-setting-texts.ts";
import { useServices } from "../../lib/services.ts";
import { DownloadButton } from "../../ui/DownloadButton.tsx";
import { Facts } from "../../ui/Facts.tsx";
import type { StoredReport } from "./stored-report.ts";
import "./models.css";

const downloads = {
  "model.onnx": "models.downloadModel",
  "model-card.json": "models.downloadCard",
  "report.json": "models.downloadReport",
} as const;

export interface ModelSummaryProps {
  readonly model: ModelView;
  readonly report: StoredReport | undefined;
}

/** The figures that decide, each with a word of what it means, and the files. */
export function ModelSummary({ model, report }: ModelSummaryProps) {
  const { t } = useTranslation();
  const formats = useFormats();
  const { client } = useServices();
  const { modelId } = model;
  const metrics = useMetrics(model, report);
  const names = (Object.keys(downloads) as (keyof typeof downloads)[]).filter((name) =>
    model.artefacts.some((artefact) => artefact.name === name),
  );
  return (
    <Container
      header={
        <Header
          variant="h2"
          description={report && t("models.summaryHint", { rows: formats.integer(report.test.rows) })}
        >
          {t("models.summary")}
        </Header>
      }
    >
      <SpaceBetween size="l">
        <SpaceBetween direction="horizontal" size="xs">
          {names.map((artefact) => (
            <DownloadButton
              key={artefact}
              address={() => client.call("downloadModel", { modelId, body: { artefact } })}
            >
              {t(downloads[artefact])}
            </DownloadButton>
          ))}
        </SpaceBetween>
        <Facts columns={metrics.length} items={metrics} />
      </SpaceBetween>
    </Container>
  );
}

function useMetrics({ accuracy, macroF1, adaptation }: ModelView, report: StoredReport | undefined) {
  const { t } = useTranslation();
  const formats = useFormats();
  const { option } = useSettingTexts();
  const metric = (label: string, value: string, help: string) => ({
    label,
    value: (
      <>
        <span className="model-metric">{value}</span>
        <Box color="text-body-secondary" fontSize="body-s">
          {help}
        </Box>
      </>
    ),
  });
  const expected = adaptation?.expectedAccuracy;
  if (expected) {
    const [low, high] = [formats.percent(expected.low), formats.percent(expected.high)];
    return [metric(t("models.expected"), formats.percent(expected.value), t("models.expectedHelp", { low, high }))];
  }
  const items = [
    metric(t("models.accuracy"), formats.percent(accuracy), t("models.accuracyHelp")),
    metric(t("models.macroF1"), formats.number(macroF1), t("models.macroF1Help")),
  ];
  const { calibration, predictionSets } = report?.honesty ?? {};
  if (calibration) {
    items.push(metric(t("models.calibrationError"), formats.percent(calibration.error), t("models.calibrationHelp")));
  }
  if (predictionSets) {
    const share = formats.percent(predictionSets.singleAccuracy);
    items.push(metric(t("models.certain"), formats.percent(predictionSets.single), t("models.certainHelp", { share })));
  }
  const simplest = report?.baselines?.find(({ learner }) => learner === "majority");
  if (simplest && items.length < 4) {
    const help = t("models.baselineHelp", { learner: option(simplest.learner) });
    items.push(metric(t("models.baseline"), formats.number(simplest.macroF1), help));
  }
  return items;
}
