import Box from "@cloudscape-design/components/box";
import Container from "@cloudscape-design/components/container";
import Grid from "@cloudscape-design/components/grid";
import type { EpochPoint } from "@systemhealer/contract/run";
import { useTranslation } from "react-i18next";
import { ChartFrame } from "../charts/ChartFrame.tsx";
import { curveSeries } from "../charts/curve-series.ts";
import { LineChart } from "../charts/LineChart.tsx";
import { useFormats } from "../i18n/use-formats.ts";

/** Loss and score over the epochs, while they come in. */
export function TrainingCurves({ curve }: { readonly curve: readonly EpochPoint[] }) {
  const { t } = useTranslation();
  const formats = useFormats();
  if (curve.length === 0) {
    return (
      <Container>
        <Box color="text-body-secondary">{t("runs.noCurve")}</Box>
      </Container>
    );
  }
  const names = {
    trainLoss: t("runs.trainLoss"),
    validationLoss: t("runs.validationLoss"),
  };
  const score = { validationMacroF1: t("runs.validationMacroF1") };
  return (
    <Grid gridDefinition={[{ colspan: { default: 12, s: 6 } }, { colspan: { default: 12, s: 6 } }]}>
      <ChartFrame
        title={t("runs.lossChart")}
        zoom="x"
        table={{
          columns: [t("runs.epoch"), names.trainLoss, names.validationLoss],
          rows: curve.map((point) => [
            formats.integer(point.epoch),
            formats.number(point.trainLoss),
            formats.number(point.validationLoss),
          ]),
        }}
      >
        <LineChart title={t("runs.lossChart")} xLabel={t("runs.epoch")} series={curveSeries(curve, names)} min={0} />
      </ChartFrame>
      <ChartFrame
        title={t("runs.scoreChart")}
        zoom="x"
        table={{
          columns: [t("runs.epoch"), score.validationMacroF1],
          rows: curve.map((point) => [formats.integer(point.epoch), formats.number(point.validationMacroF1)]),
        }}
      >
        <LineChart
          title={t("runs.scoreChart")}
          xLabel={t("runs.epoch")}
          series={curveSeries(curve, score)}
          min={0}
          max={1}
        />
      </ChartFrame>
    </Grid>
  );
}
