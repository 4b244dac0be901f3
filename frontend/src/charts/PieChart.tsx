import { Pie } from "@nivo/pie";
import { visible } from "@systemhealer/contract/visible";
import { useTranslation } from "react-i18next";
import { useChartState } from "./chart-context.ts";
import { useChartTheme } from "./chart-theme.ts";
import { inkOn } from "./palette.ts";
import { useRangeText } from "./use-range-text.ts";
import type { View } from "./view.ts";
import { ZoomSurface } from "./ZoomSurface.tsx";

export interface PieChartProps {
  readonly title: string;
  readonly slices: readonly { readonly name: string; readonly value: number }[];
  readonly format: (value: number) => string;
  readonly formatShare: (share: number) => string;
  readonly colourOf: (name: string) => string;
}

const height = 340;
const margin = { top: 12, right: 12, bottom: 12, left: 12 };
/** Degrees a slice needs to hold its share in figures. */
const leastLabelledDegrees = 14;
/** More of them leave no room between each other. */
const mostParted = 40;

/** Shares of a whole. It has no axes: zooming magnifies it. */
export function PieChart({ title, slices, format, formatShare, colourOf }: PieChartProps) {
  const { nivo, ground } = useChartTheme();
  const { t } = useTranslation();
  const { vector } = useChartState();
  const rangeText = useRangeText();
  const total = slices.reduce((sum, { value }) => sum + value, 0);
  const range = ({ x }: View) => rangeText.magnified(1 / (x.to - x.from));
  return (
    <ZoomSurface
      title={title}
      axes="xy"
      margin={{ top: 0, right: 0, bottom: 0, left: 0 }}
      height={height}
      range={range}
    >
      {({ width, height: drawn, view: { x, y } }) => {
        const size = { width: width / (x.to - x.from), height: drawn / (y.to - y.from) };
        const left = -x.from * size.width;
        const top = -(1 - y.to) * size.height;
        const there = slices.filter(({ value }) => value > 0);
        const areParted = there.length <= mostParted;
        const pie = (
          <Pie
            {...size}
            data={there.map(({ name, value }) => ({ id: name, label: visible(name), value }))}
            theme={nivo}
            colors={({ id }) => colourOf(String(id))}
            margin={margin}
            innerRadius={0.5}
            padAngle={areParted ? 0.6 : 0}
            borderWidth={areParted ? 1 : 0}
            borderColor={ground}
            animate={false}
            enableArcLinkLabels={false}
            arcLabel={({ value }) => formatShare(value / (total || 1))}
            arcLabelsSkipAngle={leastLabelledDegrees}
            arcLabelsTextColor={({ color }: { readonly color: string }) => inkOn(color)}
            valueFormat={(value) =>
              t("common.withDetail", { name: format(value), detail: formatShare(value / (total || 1)) })
            }
            role="presentation"
            renderWrapper={!vector}
          />
        );
        if (vector) {
          return (
            <svg width={width} height={drawn} aria-hidden="true">
              <g transform={`translate(${left},${top})`}>{pie}</g>
            </svg>
          );
        }
        return <div style={{ position: "absolute", left, top, ...size }}>{pie}</div>;
      }}
    </ZoomSurface>
  );
}
