import type { Clusters } from "@systemhealer/contract/clusters";
import { useTranslation } from "react-i18next";
import { useFormats } from "../../i18n/use-formats.ts";
import { Name } from "../../ui/Name.tsx";
import { GroupTable } from "./GroupTable.tsx";
import type { ClusterWords } from "./use-cluster-words.ts";

export interface NodeGroupsProps {
  readonly nodes: NonNullable<Clusters["nodeGroups"]>;
  readonly words: ClusterWords;
}

const pageSize = 12;
const namedClusters = 3;

/** Which nodes behave alike, and which groups their rows are in. */
export function NodeGroups({ nodes: { groups, nodes, omitted }, words }: NodeGroupsProps) {
  const { t } = useTranslation();
  const formats = useFormats();
  const ordered = nodes.toSorted((one, other) => one.group - other.group);
  const hint =
    groups === 1 ? t("clusters.oneKindOfNodes") : t("clusters.nodeGroupsHint", { groups: formats.integer(groups) });
  return (
    <GroupTable
      title={t("clusters.nodeGroups")}
      description={hint}
      footer={omitted > 0 ? t("clusters.omittedNodes", { number: formats.integer(omitted) }) : undefined}
      items={ordered}
      pageSize={pageSize}
      nameOf={({ name }) => name}
      columns={[
        {
          id: "name",
          minWidth: 150,
          header: t("clusters.node"),
          isRowHeader: true,
          cell: ({ name }) => <Name>{name}</Name>,
        },
        {
          id: "kind",
          minWidth: 100,
          header: t("clusters.kind"),
          cell: ({ group }) => t("clusters.kindOf", { number: formats.integer(group + 1) }),
        },
        { id: "rows", minWidth: 90, header: t("common.rows"), cell: ({ rows }) => formats.integer(rows) },
        {
          id: "clusters",
          minWidth: 200,
          header: t("clusters.itsGroups"),
          cell: ({ clusters }) =>
            clusters
              .slice(0, namedClusters)
              .map(({ cluster, share }) =>
                t("clusters.shareOf", { name: words.fullNameOf(cluster), share: formats.percent(share) }),
              )
              .join(t("common.comma")),
        },
      ]}
    />
  );
}
