import Badge from "@cloudscape-design/components/badge";
import Header from "@cloudscape-design/components/header";
import Table from "@cloudscape-design/components/table";
import { visible } from "@systemhealer/contract/visible";
import { useTranslation } from "react-i18next";
import { useFormats } from "../../i18n/use-formats.ts";
import { RouterLink } from "../../ui/RouterLink.tsx";
import { bestOf } from "./best-of.ts";
import type { ComparedModel } from "./compared.ts";
import { rowsOf } from "./model-list.ts";
import "./models.css";

interface Line {
  readonly id: string;
  readonly label: string;
  readonly values: readonly (number | undefined)[];
  readonly format: (value: number) => string;
  /** Whether more or less of it is better; neither where it is left out. */
  readonly better?: "more" | "less";
}

/** The figures of each model beside those of the others, the best of each marked. */
export function CompareMetrics({ compared }: { readonly compared: readonly ComparedModel[] }) {
  const { t } = useTranslation();
  const lines = useLines(compared);
  return (
    <Table
      trackBy="id"
      items={lines}
      wrapLines
      ariaLabels={{ tableLabel: t("models.metrics") }}
      header={<Header variant="h2">{t("models.metrics")}</Header>}
      columnDefinitions={[
        { id: "metric", header: t("models.metrics"), isRowHeader: true, minWidth: 130, cell: ({ label }) => label },
        ...compared.map(({ model, name }, index) => ({
          id: model.modelId,
          minWidth: 130,
          header: <RouterLink to={`/models/${model.modelId}`}>{visible(name)}</RouterLink>,
          cell: ({ values, format, better }: Line) => {
            const value = values[index];
            if (value === undefined) return t("common.none");
            return (
              <span className="model-badges">
                {format(value)}
                {better && bestOf(values, better).has(index) && <Badge color="green">{t("models.best")}</Badge>}
              </span>
            );
          },
        })),
      ]}
    />
  );
}

function useLines(compared: readonly ComparedModel[]): Line[] {
  const { t } = useTranslation();
  const formats = useFormats();
  const line = (
    id: string,
    label: string,
    read: (entry: ComparedModel) => number | undefined,
    format: (value: number) => string,
    better?: "more" | "less",
  ): Line => ({ id, label, values: compared.map(read), format, ...(better && { better }) });
  return [
    line("macroF1", t("models.macroF1"), ({ model }) => model.macroF1, formats.number, "more"),
    line("accuracy", t("models.accuracy"), ({ model }) => model.accuracy, formats.percent, "more"),
    line(
      "calibration",
      t("models.calibrationError"),
      ({ report }) => report?.honesty?.calibration.error,
      formats.percent,
      "less",
    ),
    line("brier", t("models.brier"), ({ report }) => report?.honesty?.calibration.brierScore, formats.number, "less"),
    line(
      "single",
      t("models.certain"),
      ({ report }) => report?.honesty?.predictionSets.single,
      formats.percent,
      "more",
    ),
    line("fit", t("models.fitSeconds"), ({ report }) => report?.fitSeconds, formats.duration, "less"),
    line("rows", t("models.fileRows"), ({ model }) => rowsOf(model) || undefined, formats.integer),
    line("kpis", t("data.kpis"), ({ model }) => model.featureCount, formats.integer),
  ];
}
