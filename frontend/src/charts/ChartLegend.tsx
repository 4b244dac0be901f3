import { visible } from "@systemhealer/contract/visible";
import { useTranslation } from "react-i18next";
import { useChartTheme } from "./chart-theme.ts";
import type { LegendItem } from "./compose-svg.ts";
import "./chart-legend.css";

/** More of them tell nobody anything; the table of the chart has them all. */
const mostShown = 24;

/** What the colours of a chart stand for; wraps where names are long. */
export function ChartLegend(props: { readonly names: readonly string[] } | { readonly items: readonly LegendItem[] }) {
  const { t } = useTranslation();
  const { colours } = useChartTheme();
  const items =
    "items" in props
      ? props.items
      : props.names.map((label, index) => ({ label, colour: colours[index % colours.length]! }));
  return (
    <ul className="chart-legend">
      {items.slice(0, mostShown).map(({ label, colour }) => (
        <li key={label}>
          <svg width="12" height="12" aria-hidden="true" focusable="false">
            <rect width="12" height="12" rx="2" fill={colour} />
          </svg>
          {visible(label)}
        </li>
      ))}
      {items.length > mostShown && <li>{t("charts.moreNames", { number: items.length - mostShown })}</li>}
    </ul>
  );
}
