import Header from "@cloudscape-design/components/header";
import Table from "@cloudscape-design/components/table";
import { useTranslation } from "react-i18next";
import { useFormats } from "../../i18n/use-formats.ts";
import { useSettingTexts } from "../../i18n/use-setting-texts.ts";
import type { StoredReport } from "./stored-report.ts";

interface Line {
  readonly name: string;
  readonly macroF1: number;
  readonly accuracy: number;
}

/** The model beside simple learners that were fitted and scored on the same rows. */
export function BaselineTable({ report }: { readonly report: StoredReport }) {
  const { t } = useTranslation();
  const formats = useFormats();
  const { option } = useSettingTexts();
  const { baselines = [], test } = report;
  if (baselines.length === 0) return null;
  const lines: Line[] = [
    { name: t("models.thisModel"), macroF1: test.macroF1, accuracy: test.accuracy },
    ...baselines.map(({ learner, ...scores }) => ({ name: option(learner), ...scores })),
  ].sort((a, b) => b.macroF1 - a.macroF1);
  return (
    <Table
      trackBy="name"
      contentDensity="compact"
      items={lines}
      ariaLabels={{ tableLabel: t("models.baselines") }}
      header={<Header variant="h2">{t("models.baselines")}</Header>}
      columnDefinitions={[
        { id: "name", header: t("models.learner"), isRowHeader: true, cell: ({ name }) => name },
        { id: "macroF1", header: t("models.macroF1"), cell: ({ macroF1 }) => formats.number(macroF1) },
        { id: "accuracy", header: t("models.accuracy"), cell: ({ accuracy }) => formats.percent(accuracy) },
      ]}
    />
  );
}
