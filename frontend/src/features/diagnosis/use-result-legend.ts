import type { DiagnosisSummary } from "@systemhealer/contract/diagnosis";
import type { DiagnosisSample } from "@systemhealer/contract/diagnosis-sample";
import { useTranslation } from "react-i18next";
import { classCounts } from "../../charts/class-counts.ts";
import type { LegendItem } from "../../charts/compose-svg.ts";
import { rampColour } from "../../charts/palette.ts";
import { usePalette } from "../../charts/use-palette.ts";
import { useFormats } from "../../i18n/use-formats.ts";
import type { ResultChartKind } from "./chart-kinds.ts";
import type { ClassNames } from "./class-names.ts";

/** What the colours of a chart of the result stand for. */
export function useResultLegend(
  kind: ResultChartKind,
  summary: DiagnosisSummary,
  sample: DiagnosisSample | undefined,
  { labelOf, colourOf }: ClassNames,
): readonly LegendItem[] {
  const { t } = useTranslation();
  const formats = useFormats();
  const palette = usePalette();
  if (kind === "bar") return [];
  if (kind === "confidence") {
    return [0, 0.25, 0.5, 0.75, 1].map((share) => ({
      label: formats.percent(share),
      colour: rampColour(palette.sequence, share),
    }));
  }
  if (kind === "deviation") {
    const [low, middle, high] = palette.divergence;
    return [
      { label: t("diagnosis.farBelow"), colour: low },
      { label: t("diagnosis.usual"), colour: middle },
      { label: t("diagnosis.farAbove"), colour: high },
      { label: t("diagnosis.gap"), colour: palette.empty },
    ];
  }
  const shown =
    kind === "pie" || !sample
      ? classCounts(summary).flatMap(({ name, rows }) => (rows > 0 ? [name] : []))
      : [...new Set(sample.points.map(({ diagnosis }) => sample.classes[diagnosis] ?? ""))].sort();
  return shown.map((name) => ({ label: labelOf(name), colour: colourOf(name) }));
}
