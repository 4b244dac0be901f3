import Box from "@cloudscape-design/components/box";
import Container from "@cloudscape-design/components/container";
import Header from "@cloudscape-design/components/header";
import SpaceBetween from "@cloudscape-design/components/space-between";
import StatusIndicator from "@cloudscape-design/components/status-indicator";
import Table from "@cloudscape-design/components/table";
import type { NodeHealth as Health } from "@systemhealer/contract/anomalies";
import type { DiagnosisSummary } from "@systemhealer/contract/diagnosis";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { inSequence } from "../../i18n/in-sequence.ts";
import { useFormats } from "../../i18n/use-formats.ts";
import { useIsNarrow } from "../../lib/use-is-narrow.ts";
import { Name } from "../../ui/Name.tsx";
import { Pager } from "../../ui/Pager.tsx";

export interface NodeHealthProps {
  readonly summary: Pick<DiagnosisSummary, "anomalies" | "health" | "rows">;
}

const pageSize = 10;
const namedKpis = 3;

/** Whether all KPIs are within their normal ranges, node by node where the file names nodes, and how many rows stray. */
export function NodeHealth({ summary: { anomalies, health, rows } }: NodeHealthProps) {
  const { t } = useTranslation();
  const formats = useFormats();
  if (!anomalies || !health) return null;
  const { nodes, healthyNodes, kpis, insideShare, expectedShare } = health;
  const hasNodes = nodes.some(({ node }) => node !== null);
  const isWell = healthyNodes === nodes.length;
  const outside = Math.max(0, ...nodes.map(({ outsideKpis }) => outsideKpis));
  const figures = {
    kpis: formats.integer(kpis),
    nodes: formats.integer(nodes.length),
    healthy: formats.integer(healthyNodes),
    outside: formats.integer(outside),
  };
  const isInside = hasNodes ? isWell : outside === 0;
  const sentence = hasNodes ? (isWell ? "allNodes" : "someNodes") : outside === 0 ? "allKpis" : "someKpis";
  return (
    <Container header={<Header variant="h2">{t("diagnosis.health.title")}</Header>}>
      <SpaceBetween size="m">
        <div>
          <StatusIndicator type={isInside ? "success" : "warning"}>
            {t(`diagnosis.health.${sentence}`, figures)}
          </StatusIndicator>
          <Box color="text-body-secondary">
            {t("diagnosis.health.shares", {
              inside: formats.percent(insideShare),
              expected: formats.percent(expectedShare),
            })}
          </Box>
          <Box color="text-body-secondary">
            {inSequence([
              t("diagnosis.health.anomalies", {
                rows: formats.integer(anomalies.rows),
                share: formats.percent(anomalies.rows / Math.max(1, rows)),
                chance: formats.percent(anomalies.chanceShare),
                threshold: formats.number(anomalies.threshold),
              }),
              anomalies.source === null
                ? t("diagnosis.heldAgainstAll")
                : t("diagnosis.heldAgainstClass", { name: anomalies.source }),
            ])}
          </Box>
        </div>
        {(hasNodes || outside > 0) && <NodeTable nodes={nodes} />}
      </SpaceBetween>
    </Container>
  );
}

/** Nodes that are not well first. */
function NodeTable({ nodes }: { readonly nodes: readonly Health[] }) {
  const { t } = useTranslation();
  const formats = useFormats();
  const isNarrow = useIsNarrow();
  const [page, setPage] = useState(1);
  const ordered = nodes.toSorted((one, other) => Number(one.healthy) - Number(other.healthy));
  const pages = Math.ceil(ordered.length / pageSize);
  return (
    <Table
      variant="embedded"
      contentDensity="compact"
      wrapLines
      ariaLabels={{ tableLabel: t("diagnosis.health.title") }}
      items={ordered.slice((page - 1) * pageSize, page * pageSize)}
      trackBy={({ node }) => node ?? ""}
      pagination={pages > 1 && <Pager page={page} pages={pages} onChange={setPage} />}
      columnDefinitions={[
        {
          id: "node",
          minWidth: isNarrow ? 120 : 170,
          header: t("diagnosis.health.node"),
          isRowHeader: true,
          cell: ({ node }) => (node === null ? t("diagnosis.health.allRows") : <Name>{node}</Name>),
        },
        {
          id: "state",
          minWidth: 150,
          header: t("diagnosis.health.state"),
          cell: ({ healthy, outside, outsideKpis }) => (
            <>
              <StatusIndicator type={healthy ? "success" : "warning"}>
                {t(healthy ? "diagnosis.health.well" : "diagnosis.health.unwell")}
              </StatusIndicator>
              {outsideKpis > 0 && <Outside outside={outside} count={outsideKpis} />}
            </>
          ),
        },
        {
          id: "inside",
          minWidth: 110,
          header: t("diagnosis.health.inside"),
          cell: (node) => formats.percent(node.insideShare),
        },
        {
          id: "anomalous",
          minWidth: 140,
          header: t("diagnosis.anomalousRows"),
          cell: ({ rows, anomalousRows }) =>
            t("diagnosis.health.ofRows", { rows: formats.integer(rows), anomalous: formats.integer(anomalousRows) }),
        },
      ]}
    />
  );
}

function Outside({ outside, count }: { readonly outside: Health["outside"]; readonly count: number }) {
  const { t } = useTranslation();
  const formats = useFormats();
  const named = outside
    .slice(0, namedKpis)
    .map(({ name, direction, share }) => t(`diagnosis.health.${direction}`, { name, share: formats.percent(share) }));
  const more = count > named.length ? ` … (${formats.integer(count)})` : "";
  return (
    <div className="breakable">
      <Name>{`${named.join(t("common.comma"))}${more}`}</Name>
    </div>
  );
}
