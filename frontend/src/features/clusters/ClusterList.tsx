import Header from "@cloudscape-design/components/header";
import SpaceBetween from "@cloudscape-design/components/space-between";
import type { Clusters } from "@systemhealer/contract/clusters";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useFormats } from "../../i18n/use-formats.ts";
import { Pager } from "../../ui/Pager.tsx";
import { ClusterCard } from "./ClusterCard.tsx";
import { type ClusterNames, namedRows, noCluster } from "./naming.ts";
import type { ClusterWords } from "./use-cluster-words.ts";
import "./clusters.css";

const pageSize = 12;

export interface ClusterListProps {
  readonly clusters: Clusters;
  readonly words: ClusterWords;
  readonly names: ClusterNames;
  readonly onNames: (names: ClusterNames) => void;
}

/** Every cluster with what tells it apart, and a field for its name. */
export function ClusterList({ clusters, words, names, onNames }: ClusterListProps) {
  const { t } = useTranslation();
  const formats = useFormats();
  const [page, setPage] = useState(1);
  const { noiseRows } = clusters;
  const numbers = [...clusters.clusters.keys(), ...(noiseRows > 0 ? [noCluster] : [])];
  const pages = Math.ceil(numbers.length / pageSize);
  const from = (page - 1) * pageSize;
  const shown = numbers.slice(from, from + pageSize);
  const known = namedRows(clusters, names).classes;
  const place = { from: from + 1, to: from + shown.length, all: formats.integer(numbers.length) };
  return (
    <SpaceBetween size="m">
      <Header
        variant="h2"
        description={t("clusters.nameHint")}
        actions={pages > 1 && <Pager page={page} pages={pages} onChange={setPage} />}
        {...(pages > 1 && { counter: t("clusters.page", place) })}
      >
        {t("clusters.nameTitle")}
      </Header>
      <ul className="cluster-list">
        {shown.map((number) => (
          <li key={number}>
            <ClusterCard
              label={words.labelOf(number)}
              colour={words.colourOf(number)}
              cluster={clusters.clusters[number]}
              rows={clusters.clusters[number]?.rows ?? noiseRows}
              allRows={clusters.rows}
              name={names[String(number)] ?? ""}
              knownNames={known}
              onName={(name) => onNames({ ...names, [String(number)]: name })}
            />
          </li>
        ))}
      </ul>
    </SpaceBetween>
  );
}
