import type { ClusterKpi } from "@systemhealer/contract/clusters";
import { useTranslation } from "react-i18next";
import { usePalette } from "../../charts/use-palette.ts";
import { useFormats } from "../../i18n/use-formats.ts";
import { useLists } from "../../i18n/use-lists.ts";
import { Name } from "../../ui/Name.tsx";

export interface ClusterKpisProps {
  readonly label: string;
  readonly kpis: readonly ClusterKpi[];
}

/** KPIs in which a cluster differs from all other rows, with where it lies and where they do. */
export function ClusterKpis({ label, kpis }: ClusterKpisProps) {
  const { t } = useTranslation();
  const lists = useLists();
  const formats = useFormats();
  const { divergence, empty } = usePalette();
  const [below, , above] = divergence;
  return (
    <ul className="cluster-kpis" aria-label={lists.names([t("clusters.compared"), label])}>
      {kpis.map(({ name, direction, strength, median, low, high, restMedian }) => (
        <li key={name}>
          <span className="kpi">
            <Name>{name}</Name>
          </span>
          <span className="direction">
            <span aria-hidden="true">{direction === "above" ? "▲" : "▼"}</span> {t(`clusters.${direction}`)}
          </span>
          <svg viewBox="0 0 100 6" preserveAspectRatio="none" aria-hidden="true" focusable="false">
            <rect width="100" height="6" fill={empty} />
            <rect width={100 * strength} height="6" fill={direction === "above" ? above : below} />
          </svg>
          <span className="strength" title={t("clusters.strength")}>
            {formats.percent(strength)}
          </span>
          <span className="figures">
            {t("clusters.median")} <strong>{formats.number(median)}</strong> · {t("clusters.range")}{" "}
            {formats.number(low)} – {formats.number(high)} · {t("clusters.restMedian")} {formats.number(restMedian)}
          </span>
        </li>
      ))}
    </ul>
  );
}
