import Grid from "@cloudscape-design/components/grid";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useTranslation } from "react-i18next";
import { ChartFrame } from "../../charts/ChartFrame.tsx";
import { CurveCompare } from "../../charts/CurveCompare.tsx";
import { compareCurves } from "../../charts/curve-compare.ts";
import { GroupedBars } from "../../charts/GroupedBars.tsx";
import { useLegend } from "../../charts/use-legend.ts";
import { useFormats } from "../../i18n/use-formats.ts";
import { ConfusionSection } from "./ConfusionSection.tsx";
import type { ComparedModel } from "./compared.ts";
import type { StoredReport } from "./stored-report.ts";

const half = { default: 12, s: 6 } as const;

/** F1 by class, curves and confusion matrices of those that have a report. */
export function CompareCharts({ compared }: { readonly compared: readonly ComparedModel[] }) {
  const reported = compared.flatMap(({ name, report }) => (report ? [{ name, report }] : []));
  if (reported.length === 0) return null;
  const curves = reported.map(({ name, report }) => ({ name, curve: report.curve ?? [] }));
  return (
    <SpaceBetween size="l">
      <ClassScores reported={reported} />
      {curves.some(({ curve }) => curve.length > 1) && (
        <Grid gridDefinition={[{ colspan: half }, { colspan: half }]}>
          <Curves curves={curves} measure="validationMacroF1" />
          <Curves curves={curves} measure="validationLoss" />
        </Grid>
      )}
      <Grid gridDefinition={reported.map(() => ({ colspan: half }))}>
        {reported.map(({ name, report }) => (
          <ConfusionSection key={name} title={name} classes={report.classes} confusion={report.test.confusion} />
        ))}
      </Grid>
    </SpaceBetween>
  );
}

interface Reported {
  readonly name: string;
  readonly report: StoredReport;
}

function ClassScores({ reported }: { readonly reported: readonly Reported[] }) {
  const { t } = useTranslation();
  const formats = useFormats();
  const names = reported.map(({ name }) => name);
  const legend = useLegend(names);
  const classes = [...new Set(reported.flatMap(({ report }) => report.classes))];
  const series = reported.map(({ name, report }) => ({
    name,
    values: classes.map((label) => report.test.perClass.find((entry) => entry.name === label)?.f1 ?? null),
  }));
  return (
    <ChartFrame
      title={t("models.classF1")}
      zoom="xy"
      legend={legend}
      table={{
        columns: [t("models.class"), ...names],
        rows: classes.map((label, row) => [label, ...series.map(({ values }) => formats.number(values[row] ?? null))]),
      }}
    >
      <GroupedBars title={t("models.classF1")} groups={classes} series={series} max={1} format={formats.number} />
    </ChartFrame>
  );
}

interface CurvesProps {
  readonly curves: Parameters<typeof compareCurves>[0];
  readonly measure: "validationMacroF1" | "validationLoss";
}

function Curves({ curves, measure }: CurvesProps) {
  const { t } = useTranslation();
  const formats = useFormats();
  const legend = useLegend(curves.map(({ name }) => name));
  const title = t(measure === "validationLoss" ? "models.curveLoss" : "models.curveScore");
  const rows = compareCurves(curves, measure).flatMap(({ id, data }) =>
    data.map(({ x, y }) => [id, formats.number(x), formats.number(y)]),
  );
  return (
    <ChartFrame
      title={title}
      zoom="x"
      legend={legend}
      table={{ columns: [t("runs.model"), t("models.trainingShare"), title], rows }}
    >
      <CurveCompare
        title={title}
        xLabel={t("models.trainingShare")}
        models={curves}
        measure={measure}
        {...(measure === "validationMacroF1" && { max: 1 })}
      />
    </ChartFrame>
  );
}
