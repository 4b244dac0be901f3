import FormField from "@cloudscape-design/components/form-field";
import Select from "@cloudscape-design/components/select";
import SpaceBetween from "@cloudscape-design/components/space-between";
import type { DiagnosisSample } from "@systemhealer/contract/diagnosis-sample";
import type { ResultView } from "@systemhealer/contract/preferences";
import { visible } from "@systemhealer/contract/visible";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { ScatterChart } from "../../charts/ScatterChart.tsx";
import { useFormats } from "../../i18n/use-formats.ts";
import type { ClassNames } from "./class-names.ts";
import { type ScatterAxis, scatterAxes, scatterGroups } from "./series/scatter-groups.ts";

/** What was chosen, perhaps at another result; the first axes of the sample where it has no such ones. */
export type ChosenAxes = NonNullable<ResultView["axes"]>;

export interface RowScatterProps {
  readonly title: string;
  readonly sample: DiagnosisSample;
  readonly axes: ChosenAxes;
  readonly names: ClassNames;
  readonly onRow: (row: number) => void;
}

/** The rows as points; one that is chosen is explained. */
export function RowScatter({ title, sample, axes, names, onRow }: RowScatterProps) {
  const { t } = useTranslation();
  const formats = useFormats();
  const label = useAxisLabel();
  const [x, y] = chosenAxes(sample, axes);
  const groups = useMemo(
    () => scatterGroups(sample, x, y).map((group) => ({ ...group, colour: names.colourOf(group.name) })),
    [sample, x, y, names],
  );
  const points = useMemo(() => new Map(sample.points.map((point) => [point.row, point])), [sample]);
  return (
    <ScatterChart
      title={title}
      groups={groups}
      xLabel={label(x)}
      yLabel={label(y)}
      format={formats.number}
      onPoint={onRow}
      describe={(row) => {
        const point = points.get(row);
        if (!point) return null;
        return (
          <div className="chart-tooltip">
            {t("diagnosis.pointOf", {
              row: formats.integer(row),
              name: names.labelOf(sample.classes[point.diagnosis] ?? ""),
              confidence: formats.percent(point.confidence),
            })}
          </div>
        );
      }}
    />
  );
}

export interface ScatterAxesProps {
  readonly sample: DiagnosisSample;
  readonly axes: ChosenAxes;
  readonly onChange: (axes: ChosenAxes) => void;
}

/** What the axes of the points show. */
export function ScatterAxes({ sample, axes, onChange }: ScatterAxesProps) {
  const { t } = useTranslation();
  const label = useAxisLabel();
  const options = scatterAxes(sample).map((axis) => ({ value: axis, label: label(axis) }));
  const [x, y] = chosenAxes(sample, axes);
  return (
    <SpaceBetween direction="horizontal" size="m">
      {(
        [
          ["x", x],
          ["y", y],
        ] as const
      ).map(([key, chosen]) => (
        <FormField key={key} label={t(`diagnosis.axis.${key}`)}>
          <Select
            selectedOption={options.find(({ value }) => value === chosen) ?? null}
            options={options}
            expandToViewport
            onChange={({ detail }) => onChange({ ...axes, [key]: detail.selectedOption.value as ScatterAxis })}
          />
        </FormField>
      ))}
    </SpaceBetween>
  );
}

function chosenAxes(sample: DiagnosisSample, { x, y }: ChosenAxes): readonly [ScatterAxis, ScatterAxis] {
  const all = scatterAxes(sample);
  const known = (wanted: string | undefined) => all.find((axis) => axis === wanted);
  return [known(x) ?? all[0]!, known(y) ?? all[1] ?? all[0]!];
}

function useAxisLabel(): (axis: ScatterAxis) => string {
  const { t } = useTranslation();
  return (axis) => {
    if (axis === "map-x" || axis === "map-y") return t(`diagnosis.axis.${axis === "map-x" ? "mapX" : "mapY"}`);
    if (axis === "confidence" || axis === "novelty") return t(`diagnosis.axis.${axis}`);
    return visible(axis.slice("kpi:".length));
  };
}
