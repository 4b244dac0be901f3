import Box from "@cloudscape-design/components/box";
import SpaceBetween from "@cloudscape-design/components/space-between";
import Table from "@cloudscape-design/components/table";
import type { Explanation } from "@systemhealer/contract/explanation";
import { useTranslation } from "react-i18next";
import { usePalette } from "../../charts/use-palette.ts";
import { useFormats } from "../../i18n/use-formats.ts";
import "./diagnosis.css";

const namedKpis = 3;

/** Why a row was diagnosed so: in words, and what each KPI adds. */
export function ExplanationView({ explanation }: { readonly explanation: Explanation }) {
  const { t } = useTranslation();
  const formats = useFormats();
  const { kpis, class: name } = explanation;
  const strongest = Math.max(1e-12, ...kpis.map(({ contribution }) => Math.abs(contribution)));
  const reasons = kpis
    .filter(({ contribution }) => contribution > 0)
    .slice(0, namedKpis)
    .map((kpi) =>
      t(`diagnosis.because.${kpi.direction ?? "plain"}`, { name: kpi.name, value: formats.number(kpi.value) }),
    );
  const title = t("diagnosis.why", { name });
  return (
    <SpaceBetween size="s">
      <Box variant="h3" padding="n">
        {title}
      </Box>
      {reasons.length > 0 && <Box>{t("diagnosis.mainly", { list: reasons.join(t("diagnosis.comma")) })}</Box>}
      <Table
        variant="embedded"
        contentDensity="compact"
        wrapLines
        ariaLabels={{ tableLabel: title }}
        items={kpis}
        trackBy="name"
        columnDefinitions={[
          { id: "name", header: t("data.feature"), isRowHeader: true, cell: (kpi) => kpi.name },
          { id: "value", header: t("common.value"), cell: ({ value }) => formats.number(value) },
          {
            id: "range",
            header: t("diagnosis.normalRange"),
            cell: ({ low, high }) =>
              low === undefined || high === undefined
                ? t("common.none")
                : `${formats.number(low)} … ${formats.number(high)}`,
          },
          {
            id: "contribution",
            header: t("diagnosis.contribution"),
            minWidth: 130,
            cell: ({ contribution }) => <ContributionBar contribution={contribution} strongest={strongest} />,
          },
        ]}
      />
      <Box color="text-body-secondary" fontSize="body-s">
        {t("diagnosis.contributionHint", { name })}
      </Box>
    </SpaceBetween>
  );
}

function ContributionBar({ contribution, strongest }: { readonly contribution: number; readonly strongest: number }) {
  const formats = useFormats();
  const [low, , high] = usePalette().divergence;
  const width = (Math.abs(contribution) / strongest) * 50;
  return (
    <div className="contribution">
      <svg viewBox="0 0 100 12" preserveAspectRatio="none" aria-hidden="true" focusable="false">
        <rect
          x={contribution < 0 ? 50 - width : 50}
          y="1"
          width={width}
          height="10"
          fill={contribution < 0 ? low : high}
        />
        <line x1="50" x2="50" y1="0" y2="12" stroke="currentColor" strokeWidth="0.7" />
      </svg>
      <span>{formats.number(contribution)}</span>
    </div>
  );
}
