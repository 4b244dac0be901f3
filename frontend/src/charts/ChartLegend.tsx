import { useChartTheme } from "./chart-theme.ts";
import "./chart-legend.css";

/** What the colours of a chart stand for; wraps where names are long. */
export function ChartLegend({ names }: { readonly names: readonly string[] }) {
  const { colours } = useChartTheme();
  return (
    <ul className="chart-legend">
      {names.map((name, index) => (
        <li key={name}>
          <svg width="12" height="12" aria-hidden="true" focusable="false">
            <rect width="12" height="12" rx="2" fill={colours[index % colours.length]} />
          </svg>
          {name}
        </li>
      ))}
    </ul>
  );
}
