import Box from "@cloudscape-design/components/box";
import SpaceBetween from "@cloudscape-design/components/space-between";
import StatusIndicator from "@cloudscape-design/components/status-indicator";
import Table from "@cloudscape-design/components/table";
import type { RowDiagnosis } from "@systemhealer/contract/diagnosis";
import { useTranslation } from "react-i18next";
import { inSequence } from "../../i18n/in-sequence.ts";
import { useFormats } from "../../i18n/use-formats.ts";
import { Name } from "../../ui/Name.tsx";
import { type DeviatingKpi, deviatingKpis } from "./deviating-kpis.ts";
import { signed } from "./signed.ts";

/** Whether a row is anomalous, and its KPIs outside their normal ranges or far from their means, with z-scores. */
export function RowDeviations({ anomaly, outOfRange = [] }: Pick<RowDiagnosis, "anomaly" | "outOfRange">) {
  const { t } = useTranslation();
  const formats = useFormats();
  const kpis = deviatingKpis({ anomaly, outOfRange });
  const title = t("diagnosis.straying");
  if (!anomaly && kpis.length === 0) return null;
  return (
    <SpaceBetween size="s">
      <Box variant="h3" padding="n">
        {title}
      </Box>
      {anomaly && (
        <div>
          <StatusIndicator type={anomaly.anomalous ? "warning" : "success"}>
            {t(anomaly.anomalous ? "diagnosis.isAnomalous" : "diagnosis.isInconspicuous")}
          </StatusIndicator>
          <Box color="text-body-secondary" fontSize="body-s">
            {inSequence([
              t("diagnosis.beyondThreshold", {
                beyond: formats.integer(anomaly.kpisBeyond),
                threshold: formats.number(anomaly.threshold),
                expected: formats.number(anomaly.expectedKpis),
                excess: formats.number(anomaly.excess),
                limit: formats.number(anomaly.limit),
              }),
              anomaly.lone && t("diagnosis.loneKpi"),
              anomaly.source === null
                ? t("diagnosis.heldAgainstAll")
                : t("diagnosis.heldAgainstClass", { name: anomaly.source }),
            ])}
          </Box>
        </div>
      )}
      {kpis.length > 0 && (
        <Table
          variant="embedded"
          contentDensity="compact"
          wrapLines
          ariaLabels={{ tableLabel: title }}
          items={kpis}
          trackBy="name"
          columnDefinitions={[
            {
              id: "name",
              minWidth: 120,
              header: t("data.feature"),
              isRowHeader: true,
              cell: ({ name }) => <Name>{name}</Name>,
            },
            {
              id: "value",
              minWidth: 110,
              header: t("common.value"),
              cell: ({ value, direction }) => t(`diagnosis.${direction}`, { value: formats.number(value) }),
            },
            {
              id: "z",
              minWidth: 80,
              header: t("diagnosis.zScore"),
              cell: ({ z }) => (z === undefined ? t("common.none") : signed(z, formats.number)),
            },
            { id: "range", minWidth: 130, header: t("diagnosis.normalRange"), cell: (kpi) => <Usual kpi={kpi} /> },
          ]}
        />
      )}
    </SpaceBetween>
  );
}

/** The normal range; of a KPI that is inside it, mean and standard deviation. */
function Usual({ kpi: { range, moments } }: { readonly kpi: DeviatingKpi }) {
  const { t } = useTranslation();
  const formats = useFormats();
  if (range) return <>{`${formats.number(range.low)} … ${formats.number(range.high)}`}</>;
  if (!moments) return <>{t("common.none")}</>;
  return <>{`${formats.number(moments.mean)} ± ${formats.number(moments.deviation)}`}</>;
}
