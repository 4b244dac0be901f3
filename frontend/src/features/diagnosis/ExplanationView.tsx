import Box from "@cloudscape-design/components/box";
import SpaceBetween from "@cloudscape-design/components/space-between";
import type { Explanation } from "@systemhealer/contract/explanation";
import { useTranslation } from "react-i18next";
import { usePalette } from "../../charts/use-palette.ts";
import { useFormats } from "../../i18n/use-formats.ts";
import { useLists } from "../../i18n/use-lists.ts";
import { signed } from "./signed.ts";
import { useSpokenClass } from "./use-spoken-class.ts";
import "./diagnosis.css";
import { Name } from "../../ui/Name.tsx";

const namedKpis = 3;
const barWidth = 50;

/** Why a row was diagnosed so: in words, and what each KPI adds. */
export function ExplanationView({ explanation }: { readonly explanation: Explanation }) {
  const { t } = useTranslation();
  const formats = useFormats();
  const spoken = useSpokenClass();
  const { kpis } = explanation;
  const name = spoken(explanation.class);
  const strongest = Math.max(1e-12, ...kpis.map(({ contribution }) => Math.abs(contribution)));
  const reasons = kpis
    .filter(({ contribution }) => contribution > 0)
    .slice(0, namedKpis)
    .map((kpi) =>
      t(`diagnosis.because.${kpi.direction ?? "plain"}`, { name: kpi.name, value: formats.number(kpi.value) }),
    );
  return (
    <SpaceBetween size="s">
      <Box variant="h3" padding="n">
        {t("diagnosis.why", { name })}
      </Box>
      {reasons.length > 0 && <Box>{t("diagnosis.mainly", { list: reasons.join(t("common.comma")) })}</Box>}
      <Box color="text-body-secondary" fontSize="body-s">
        {t("diagnosis.contributionHint", { name })}
      </Box>
      <ol className="contributions">
        {kpis.map((kpi) => (
          <li key={kpi.name}>
            <span className="name">
              <Name>{kpi.name}</Name>
            </span>
            <ContributionBar share={kpi.contribution / strongest} />
            <span className="amount">{formats.number(kpi.contribution)}</span>
            <span className="value">
              <KpiValue kpi={kpi} />
            </span>
          </li>
        ))}
      </ol>
    </SpaceBetween>
  );
}

function KpiValue({ kpi: { value, low, high, z } }: { readonly kpi: Explanation["kpis"][number] }) {
  const { t } = useTranslation();
  const lists = useLists();
  const formats = useFormats();
  const words = value === null ? t("diagnosis.gap") : formats.number(value);
  if (low === undefined || high === undefined) return <>{words}</>;
  const inRange = t("diagnosis.valueInRange", { value: words, low: formats.number(low), high: formats.number(high) });
  return <>{lists.clauses([inRange, ...(z === undefined ? [] : [`z ${signed(z, formats.number)}`])])}</>;
}

/** @param share of the strongest contribution, from -1 to 1 */
function ContributionBar({ share }: { readonly share: number }) {
  const [low, , high] = usePalette().divergence;
  const width = Math.abs(share) * barWidth;
  return (
    <svg viewBox="0 0 100 14" preserveAspectRatio="none" aria-hidden="true" focusable="false">
      <rect x={share < 0 ? barWidth - width : barWidth} y="2" width={width} height="10" fill={share < 0 ? low : high} />
      <line x1={barWidth} x2={barWidth} y1="0" y2="14" stroke="currentColor" strokeWidth="0.6" />
    </svg>
  );
}
