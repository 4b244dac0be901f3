import type { RowMap } from "@systemhealer/contract/model-card";
import { useTranslation } from "react-i18next";
import { ChartFrame } from "../../charts/ChartFrame.tsx";
import { classColours } from "../../charts/palette.ts";
import { ScatterChart } from "../../charts/ScatterChart.tsx";
import { usePalette } from "../../charts/use-palette.ts";
import { useFormats } from "../../i18n/use-formats.ts";

export interface MapSectionProps {
  readonly map: RowMap;
  readonly classes: readonly string[];
}

/** The training rows in two dimensions, coloured by class. */
export function MapSection({ map, classes }: MapSectionProps) {
  const { t } = useTranslation();
  const formats = useFormats();
  const palette = usePalette();
  const colourOf = classColours(classes, palette);
  const { method, points, explained } = map;
  const groups = classes.map((name, label) => ({
    name,
    colour: colourOf(name),
    points: points.flatMap((point, key) => (point.label === label ? [{ x: point.x, y: point.y, key }] : [])),
  }));
  const nameAt = (key: number) => classes[points[key]?.label ?? -1] ?? "";
  const share = explained && formats.percent(explained[0] + explained[1]);
  return (
    <ChartFrame
      title={t("models.map")}
      description={t("models.mapHint", { method: t(`models.mapMethod.${method}`) })}
      note={share && t("models.mapExplained", { share })}
      zoom="xy"
      legend={groups.map(({ name, colour }) => ({ label: name, colour }))}
      table={{
        columns: [t("models.class"), t("models.mapX"), t("models.mapY")],
        rows: points.map(({ x, y, label }) => [classes[label] ?? "", formats.number(x), formats.number(y)]),
      }}
    >
      <ScatterChart
        title={t("models.map")}
        groups={groups}
        xLabel={t("models.mapX")}
        yLabel={t("models.mapY")}
        format={formats.number}
        describe={nameAt}
      />
    </ChartFrame>
  );
}
