import type { Clusters } from "@systemhealer/contract/clusters";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { ChartFrame } from "../../charts/ChartFrame.tsx";
import { ScatterChart } from "../../charts/ScatterChart.tsx";
import { useFormats } from "../../i18n/use-formats.ts";
import { pointsByCluster } from "./points-by-cluster.ts";
import type { ClusterWords } from "./use-cluster-words.ts";

export interface ClusterMapProps {
  readonly clusters: Clusters;
  readonly words: ClusterWords;
}

/** A sample of the rows in two dimensions, coloured by cluster. */
export function ClusterMap({ clusters, words }: ClusterMapProps) {
  const { t } = useTranslation();
  const formats = useFormats();
  const { method, points } = clusters.map;
  const title = t("clusters.map");
  const groups = useMemo(
    () =>
      pointsByCluster(clusters.map).map(({ cluster, points: own }) => ({
        name: words.fullNameOf(cluster),
        colour: words.colourOf(cluster),
        points: own,
      })),
    [clusters, words],
  );
  const clusterOf = useMemo(() => new Map(points.map(({ row, cluster }) => [row, cluster])), [points]);
  const describe = (row: number) => {
    const name = words.fullNameOf(clusterOf.get(row) ?? -1);
    return <div className="chart-tooltip">{t("clusters.point", { row: formats.integer(row), name })}</div>;
  };
  return (
    <ChartFrame
      title={title}
      description={t("clusters.mapHint", { method: t(`clusters.mapMethod.${method}`) })}
      note={t("clusters.mapSample", { shown: formats.integer(points.length), rows: formats.integer(clusters.rows) })}
      zoom="xy"
      legend={groups.map(({ name, colour }) => ({ label: name, colour }))}
      table={{
        columns: [t("clusters.row"), t("clusters.groups"), t("clusters.x"), t("clusters.y")],
        rows: points.map(({ row, cluster, x, y }) => [
          formats.integer(row),
          words.fullNameOf(cluster),
          formats.number(x),
          formats.number(y),
        ]),
      }}
    >
      <ScatterChart
        title={title}
        groups={groups}
        xLabel={t("clusters.x")}
        yLabel={t("clusters.y")}
        format={formats.number}
        describe={describe}
      />
    </ChartFrame>
  );
}
