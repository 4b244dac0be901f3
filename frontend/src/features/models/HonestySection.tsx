import Box from "@cloudscape-design/components/box";
import Container from "@cloudscape-design/components/container";
import Header from "@cloudscape-design/components/header";
import SpaceBetween from "@cloudscape-design/components/space-between";
import type { HonestyReport } from "@systemhealer/contract/model-card";
import { useTranslation } from "react-i18next";
import { BarChart } from "../../charts/BarChart.tsx";
import { ChartFrame } from "../../charts/ChartFrame.tsx";
import { useFormats } from "../../i18n/use-formats.ts";
import { Facts } from "../../ui/Facts.tsx";

export interface HonestySectionProps {
  readonly honesty: HonestyReport;
  readonly classes: readonly string[];
}

/** How far the model's word can be taken: calibration, prediction sets, and what it makes of faults it never saw. */
export function HonestySection({ honesty, classes }: HonestySectionProps) {
  const { t } = useTranslation();
  const formats = useFormats();
  const { calibration, predictionSets, noveltyByClassOut } = honesty;
  const scores = classes.map((name, index) => ({ name, score: noveltyByClassOut?.[index] ?? null }));
  const bars = scores.flatMap(({ name, score }) => (score === null ? [] : [{ name, value: score }]));
  const share = formats.percent(predictionSets.coverage);
  return (
    <SpaceBetween size="l">
      <Container header={<Header variant="h2">{t("models.honesty")}</Header>}>
        <Facts
          columns={4}
          items={[
            { label: t("models.errorAfter"), value: formats.percent(calibration.error) },
            { label: t("models.errorBefore"), value: formats.percent(calibration.errorBefore) },
            helped(t("models.temperature"), formats.number(calibration.temperature), t("models.temperatureHelp")),
            helped(t("models.brier"), formats.number(calibration.brierScore), t("models.brierHelp")),
            helped(t("models.coverage"), formats.percent(predictionSets.covered), t("models.coverageHelp", { share })),
            { label: t("models.single"), value: formats.percent(predictionSets.single) },
            { label: t("models.singleAccuracy"), value: formats.percent(predictionSets.singleAccuracy) },
            { label: t("models.setSize"), value: formats.number(predictionSets.meanSetSize) },
          ]}
        />
      </Container>
      {bars.length > 0 && (
        <ChartFrame
          title={t("models.novelty")}
          description={t("models.noveltyHint")}
          zoom="xy"
          table={{
            columns: [t("models.class"), t("models.noveltyScore")],
            rows: scores.map(({ name, score }) => [
              name,
              score === null ? t("models.notMeasured") : formats.number(score),
            ]),
          }}
        >
          <BarChart title={t("models.novelty")} bars={bars} format={formats.number} />
        </ChartFrame>
      )}
    </SpaceBetween>
  );
}

function helped(label: string, value: string, help: string) {
  return {
    label,
    value: (
      <>
        {value}
        <Box color="text-body-secondary" fontSize="body-s">
          {help}
        </Box>
      </>
    ),
  };
}
