import Alert from "@cloudscape-design/components/alert";
import Box from "@cloudscape-design/components/box";
import SpaceBetween from "@cloudscape-design/components/space-between";
import type { RowDiagnosis } from "@systemhealer/contract/diagnosis";
import { useTranslation } from "react-i18next";
import { BarChart } from "../../charts/BarChart.tsx";
import { useFormats } from "../../i18n/use-formats.ts";
import { useClassNames } from "./class-names.ts";
import { ExplanationView } from "./ExplanationView.tsx";
import { RowDeviations } from "./RowDeviations.tsx";
import { useSpokenClass } from "./use-spoken-class.ts";

export interface RowAnswerProps {
  readonly answer: RowDiagnosis;
  readonly classes: readonly string[];
}

const shownClasses = 6;

/** All that is known of one row's diagnosis. */
export function RowAnswer({ answer, classes }: RowAnswerProps) {
  const { t } = useTranslation();
  const formats = useFormats();
  const spoken = useSpokenClass();
  const { colourOf } = useClassNames(classes);
  const { diagnosis, confidence, probabilities, set, unknown, anomaly, outOfRange, explanation } = answer;
  const title = t("diagnosis.probabilities");
  const bars = classes
    .map((name, index) => ({ name, value: probabilities[index] ?? 0 }))
    .sort((one, other) => other.value - one.value)
    .slice(0, shownClasses);
  return (
    <SpaceBetween size="l">
      <div>
        <Box variant="h2" tagOverride="p" padding="n">
          {spoken(diagnosis)}
        </Box>
        <Box color="text-body-secondary">
          {t("common.fact", { name: t("diagnosis.confidence"), value: formats.percent(confidence) })}
        </Box>
      </div>
      {unknown && (
        <Alert type="warning" header={t("diagnosis.unknownRow")} statusIconAriaLabel={t("common.warning")}>
          {t("diagnosis.unknownRowText", { name: spoken(diagnosis) })}
        </Alert>
      )}
      {set && set.length > 0 && (
        <Box>
          {set.length === 1
            ? t("diagnosis.setOfOne", { name: spoken(set[0]!) })
            : t("diagnosis.setOfMore", { list: set.map(spoken).join(t("common.comma")) })}
        </Box>
      )}
      <div>
        <Box variant="h3" padding="n">
          {title}
        </Box>
        <BarChart title={title} bars={bars} format={formats.percent} colourOf={colourOf} />
      </div>
      {explanation && <ExplanationView explanation={explanation} />}
      <RowDeviations anomaly={anomaly} outOfRange={outOfRange} />
    </SpaceBetween>
  );
}
