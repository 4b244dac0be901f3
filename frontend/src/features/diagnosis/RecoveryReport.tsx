import Box from "@cloudscape-design/components/box";
import Container from "@cloudscape-design/components/container";
import ExpandableSection from "@cloudscape-design/components/expandable-section";
import Header from "@cloudscape-design/components/header";
import SpaceBetween from "@cloudscape-design/components/space-between";
import StatusIndicator from "@cloudscape-design/components/status-indicator";
import { isDate, recoverySentences } from "@systemhealer/contract/messages/recovery-sentences";
import type { Recovery } from "@systemhealer/contract/recovery";
import type { RunView } from "@systemhealer/contract/run";
import { visible } from "@systemhealer/contract/visible";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { ChartTable } from "../../charts/ChartTable.tsx";
import { useLanguage } from "../../i18n/language.ts";
import { useFormats } from "../../i18n/use-formats.ts";
import { useQueries } from "../../lib/use-queries.ts";
import { Facts } from "../../ui/Facts.tsx";
import { OrderLink } from "../../ui/OrderLink.tsx";
import { RouterLink } from "../../ui/RouterLink.tsx";

export interface RecoveryReportProps {
  readonly run: Pick<Extract<RunView, { kind: "diagnosis" }>, "runId" | "verifies" | "modelId" | "datasetId">;
  readonly recovery: Recovery;
}

const indicators = { recovered: "success", "not-recovered": "error", "cannot-tell": "info" } as const;

/** Whether the system is back to normal, by what that is told, and what is left. */
export function RecoveryReport({ run, recovery }: RecoveryReportProps) {
  const { t } = useTranslation();
  const language = useLanguage();
  const formats = useFormats();
  const { verdict, doubts } = recovery;
  const words = recoverySentences(recovery, language, {
    count: formats.integer,
    share: formats.percent,
    moment: (value) => (isDate(value) ? formats.time(new Date(value).toISOString()) : formats.number(value)),
  });
  const actions = (
    <SpaceBetween direction="horizontal" size="xs">
      {doubts.includes("other-environment") && (
        <OrderLink to={`/adapt?model=${run.modelId}&dataset=${run.datasetId}`}>{t("recovery.adapt")}</OrderLink>
      )}
      {verdict !== "recovered" && (
        <OrderLink variant="primary" to={`/verify?run=${run.verifies ?? run.runId}`}>
          {t("recovery.checkAgain")}
        </OrderLink>
      )}
    </SpaceBetween>
  );
  return (
    <Container
      header={
        <Header variant="h2" actions={actions}>
          {t("recovery.title")}
        </Header>
      }
    >
      <SpaceBetween size="m">
        <div>
          <Box variant="h3" padding="n">
            <StatusIndicator type={indicators[verdict]}>{words.verdict}</StatusIndicator>
          </Box>
          {words.reasons.length > 0 && (
            <ul>
              {words.reasons.map((reason) => (
                <li key={reason}>{reason}</li>
              ))}
            </ul>
          )}
          <Box color="text-body-secondary">{words.basis}</Box>
        </div>
        <Evidence recovery={recovery} verifies={run.verifies} />
        <Left recovery={recovery} />
      </SpaceBetween>
    </Container>
  );
}

/** The figures that the verdict stands on. */
function Evidence({ recovery, verifies }: { readonly recovery: Recovery; readonly verifies: string | undefined }) {
  const { t } = useTranslation();
  const formats = useFormats();
  const { faultRows, anomalousRows, unknownRows, judgedRows, rows, nodeCount, normalNodes } = recovery;
  const beside = ({ share, expectedShare }: { readonly share: number; readonly expectedShare: number }) =>
    t("recovery.expected", { share: formats.percent(share), expected: formats.percent(expectedShare) });
  const known = recovery.normalClass !== null;
  return (
    <Facts
      columns={4}
      items={[
        ...(verifies === undefined
          ? []
          : [
              {
                label: t("recovery.ofRun"),
                value: <IncidentLink runId={verifies} />,
              },
            ]),
        { label: t("recovery.judgedRows"), value: `${formats.integer(judgedRows)} / ${formats.integer(rows)}` },
        ...(known ? [{ label: t("recovery.faultRows"), value: beside(faultRows) }] : []),
        ...(anomalousRows ? [{ label: t("diagnosis.anomalousRows"), value: beside(anomalousRows) }] : []),
        ...(unknownRows ? [{ label: t("diagnosis.unknownRows"), value: beside(unknownRows) }] : []),
        ...(nodeCount > 0
          ? [
              {
                label: t("recovery.normalNodes"),
                value: t("recovery.ofNodes", {
                  normal: formats.integer(normalNodes),
                  nodes: formats.integer(nodeCount),
                }),
              },
            ]
          : []),
      ]}
    />
  );
}

/** The diagnosis that found the faults, by its name as soon as that is known. */
function IncidentLink({ runId }: { readonly runId: string }) {
  const { t } = useTranslation();
  const { data } = useQuery(useQueries().run(runId));
  return <RouterLink to={`/diagnoses/${runId}`}>{data ? visible(data.name) : t("recovery.openRun")}</RouterLink>;
}

/** Faults before and after, and what is still outside. */
function Left({ recovery: { faults, kpis, nodes, unknownRows } }: { readonly recovery: Recovery }) {
  const { t } = useTranslation();
  const formats = useFormats();
  const none = t("common.none");
  return (
    <SpaceBetween size="xs">
      <ExpandableSection defaultExpanded headerText={t("recovery.faults")}>
        <ChartTable
          title={t("recovery.faults")}
          columns={[t("recovery.fault"), t("recovery.before"), t("recovery.after")]}
          rows={faults.map(({ name, before, after }) => [
            name,
            before === undefined ? none : formats.percent(before),
            formats.percent(after),
          ])}
        />
        {unknownRows && <Box color="text-body-secondary">{t("recovery.faultsNote")}</Box>}
      </ExpandableSection>
      {nodes.length > 0 && (
        <ExpandableSection headerText={t("recovery.nodes")}>
          <ChartTable
            title={t("recovery.nodes")}
            columns={[t("recovery.node"), t("recovery.faultRows"), t("recovery.kpisOutside")]}
            rows={nodes.map(({ node, rows, faultRows, kpisOutside }) => [
              node,
              `${formats.integer(faultRows)} / ${formats.integer(rows)}`,
              formats.integer(kpisOutside),
            ])}
          />
        </ExpandableSection>
      )}
      {kpis.length > 0 && (
        <ExpandableSection headerText={t("recovery.kpis")}>
          <ChartTable
            title={t("recovery.kpis")}
            columns={[t("data.feature"), t("recovery.node"), t("recovery.direction"), t("recovery.rowsOutside")]}
            rows={kpis.map(({ node, name, direction, share }) => [
              name,
              node ?? none,
              t(`recovery.${direction}`),
              formats.percent(share),
            ])}
          />
        </ExpandableSection>
      )}
    </SpaceBetween>
  );
}
