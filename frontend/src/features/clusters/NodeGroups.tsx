import Container from "@cloudscape-design/components/container";
import Header from "@cloudscape-design/components/header";
import Table from "@cloudscape-design/components/table";
import type { Clusters } from "@systemhealer/contract/clusters";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useFormats } from "../../i18n/use-formats.ts";
import { Pager } from "../../ui/Pager.tsx";
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
  const [page, setPage] = useState(1);
  const title = t("clusters.nodeGroups");
  const ordered = nodes.toSorted((one, other) => one.group - other.group);
  const pages = Math.ceil(ordered.length / pageSize);
  const hint =
    groups === 1 ? t("clusters.oneKindOfNodes") : t("clusters.nodeGroupsHint", { groups: formats.integer(groups) });
  return (
    <Container
      header={
        <Header variant="h2" counter={`(${formats.integer(nodes.length)})`} description={hint}>
          {title}
        </Header>
      }
      {...(omitted > 0 && { footer: t("clusters.omittedNodes", { number: formats.integer(omitted) }) })}
    >
      <Table
        variant="embedded"
        contentDensity="compact"
        wrapLines
        ariaLabels={{ tableLabel: title }}
        items={ordered.slice((page - 1) * pageSize, page * pageSize)}
        trackBy="name"
        pagination={pages > 1 && <Pager page={page} pages={pages} onChange={setPage} />}
        columnDefinitions={[
          { id: "name", minWidth: 150, header: t("clusters.node"), isRowHeader: true, cell: ({ name }) => name },
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
    </Container>
  );
}
