import type { DiagnosisSummary } from "@systemhealer/contract/diagnosis";
import type { DiagnosisSample } from "@systemhealer/contract/diagnosis-sample";
import { useTranslation } from "react-i18next";
import type { TableOfChart } from "../../charts/ChartTable.tsx";
import { classCounts } from "../../charts/class-counts.ts";
import { useFormats } from "../../i18n/use-formats.ts";
import type { ResultChartKind } from "./chart-kinds.ts";
import { confidenceLines } from "./series/confidence-lines.ts";

/** What each kind of chart shows, in figures. */
export function useChartTables(
  summary: DiagnosisSummary,
  sample: DiagnosisSample | undefined,
  labelOf: (name: string) => string,
): Readonly<Record<ResultChartKind, () => TableOfChart>> {
  const { t } = useTranslation();
  const formats = useFormats();
  const shares = (): TableOfChart => ({
    columns: [t("data.classes"), t("common.rows"), t("diagnosis.share")],
    rows: classCounts(summary).map(({ name, rows }) => [
      labelOf(name),
      formats.integer(rows),
      formats.percent(summary.rows === 0 ? 0 : rows / summary.rows),
    ]),
  });
  const rows = (): TableOfChart => ({
    columns: [t("common.row"), t("diagnosis.diagnosis"), t("diagnosis.confidence"), ...(sample?.kpis ?? [])],
    rows: (sample?.points ?? []).map(({ row, diagnosis, confidence, values }) => [
      formats.integer(row),
      labelOf(sample?.classes[diagnosis] ?? ""),
      formats.percent(confidence),
      ...values.map(formats.number),
    ]),
  });
  const bands = (): TableOfChart => {
    if (!sample) return shares();
    const { lines, firstBand } = confidenceLines(sample);
    return {
      columns: [
        t("data.classes"),
        ...Array.from({ length: 10 - firstBand }, (_, index) => formats.percent((firstBand + index) / 10)),
      ],
      rows: lines.map(({ label, values }) => [label, ...values.map((value) => formats.percent(value ?? 0))]),
    };
  };
  return { bar: shares, pie: shares, scatter: rows, confidence: bands, deviation: rows, parallel: rows };
}
