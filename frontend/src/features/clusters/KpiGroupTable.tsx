import { visible } from "@systemhealer/contract/visible";
import { useTranslation } from "react-i18next";
import { useFormats } from "../../i18n/use-formats.ts";
import { Name } from "../../ui/Name.tsx";
import { GroupTable } from "./GroupTable.tsx";
import type { KpiGroupsProps } from "./KpiGroups.tsx";
import type { ClusterWords } from "./use-cluster-words.ts";

const pageSize = 10;
const namedKpis = 8;
const namedMoves = 4;

/** The groups of KPIs with their members, and the groups of rows in which each of them moves. */
export function KpiGroupTable({ groups: { groups }, words }: KpiGroupsProps & { readonly words: ClusterWords }) {
  const { t } = useTranslation();
  const formats = useFormats();
  return (
    <GroupTable
      title={t("clusters.kpiGroupList")}
      items={groups}
      pageSize={pageSize}
      nameOf={({ kpis }) => kpis[0]?.name ?? ""}
      empty={t("clusters.noKpiGroups")}
      columns={[
        {
          id: "name",
          minWidth: 140,
          header: t("clusters.kpiGroup"),
          isRowHeader: true,
          cell: ({ name }) => <Name>{name}</Name>,
        },
        {
          id: "kpis",
          minWidth: 240,
          header: t("clusters.kpiMembers"),
          cell: ({ kpis }) => {
            const names = kpis
              .slice(0, namedKpis)
              .map(({ name, correlation }) => (correlation < 0 ? t("clusters.opposite", { name }) : visible(name)));
            const list = names.join(t("common.comma"));
            const more = kpis.length - names.length;
            return more > 0 ? t("clusters.moreKpis", { list, number: formats.integer(more) }) : list;
          },
        },
        {
          id: "strength",
          minWidth: 110,
          header: t("clusters.correlation"),
          cell: ({ strength }) => formats.number(strength),
        },
        {
          id: "moves",
          minWidth: 190,
          header: t("clusters.moves"),
          cell: ({ moves }) =>
            moves.length === 0
              ? t("clusters.noMoves")
              : moves
                  .slice(0, namedMoves)
                  .map(({ cluster, shift }) => `${words.fullNameOf(cluster)}\u00a0${shift > 0 ? "▲" : "▼"}`)
                  .join(t("common.comma")),
        },
      ]}
    />
  );
}
