import Grid from "@cloudscape-design/components/grid";
import type { EpochPoint } from "@systemhealer/contract/run";
import { useTranslation } from "react-i18next";
import { ChartFrame } from "../charts/ChartFrame.tsx";
import { curveSeries } from "../charts/curve-series.ts";
import { LineChart } from "../charts/LineChart.tsx";
import { useFormats } from "../i18n/use-formats.ts";
import type { CurveUnit } from "../lib/curve-unit.ts";

export interface TrainingCurvesProps {
  readonly curve: readonly EpochPoint[];
  /** What the learner counts. */
  readonly unit: CurveUnit;
}

/** Loss and score over the epochs or rounds, while they come in. */
export function TrainingCurves({ curve, unit }: TrainingCurvesProps) {
  const { t } = useTranslation();
  const formats = useFormats();
  const step = t(`runs.curveUnit.${unit}`);
  const lossTitle = t(`runs.lossChart.${unit}`);
  const scoreTitle = t(`runs.scoreChart.${unit}`);
  const names = {
    trainLoss: t("runs.trainLoss"),
    validationLoss: t("runs.validationLoss"),
  };
  const score = { validationMacroF1: t("runs.validationMacroF1") };
  return (
    <Grid gridDefinition={[{ colspan: { default: 12, s: 6 } }, { colspan: { default: 12, s: 6 } }]}>
      <ChartFrame
        title={lossTitle}
        zoom="x"
        table={{
          columns: [step, names.trainLoss, names.validationLoss],
          rows: curve.map((point) => [
            formats.integer(point.epoch),
            formats.number(point.trainLoss),
            formats.number(point.validationLoss),
          ]),
        }}
      >
        <LineChart title={lossTitle} xLabel={step} series={curveSeries(curve, names)} min={0} />
      </ChartFrame>
      <ChartFrame
        title={scoreTitle}
        zoom="x"
        table={{
          columns: [step, score.validationMacroF1],
          rows: curve.map((point) => [formats.integer(point.epoch), formats.number(point.validationMacroF1)]),
        }}
      >
        <LineChart title={scoreTitle} xLabel={step} series={curveSeries(curve, score)} min={0} max={1} />
      </ChartFrame>
    </Grid>
  );
}
