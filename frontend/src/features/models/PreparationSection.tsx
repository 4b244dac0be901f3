import Container from "@cloudscape-design/components/container";
import Header from "@cloudscape-design/components/header";
import type { Report } from "@systemhealer/contract/model-card";
import { useTranslation } from "react-i18next";
import { useFormats } from "../../i18n/use-formats.ts";
import { useSettingTexts } from "../../i18n/use-setting-texts.ts";
import { Facts } from "../../ui/Facts.tsx";
import { Name } from "../../ui/Name.tsx";
import type { StoredReport } from "./stored-report.ts";

export interface PreparationSectionProps {
  readonly report: StoredReport;
  readonly preparation: Report["preparation"];
}

/** What was done to the rows before anything was learned. */
export function PreparationSection({ report, preparation }: PreparationSectionProps) {
  const { t } = useTranslation();
  const formats = useFormats();
  const { field, option } = useSettingTexts();
  const { split, check, fitSeconds } = report;
  const { integer } = formats;
  return (
    <Container header={<Header variant="h2">{t("models.preparation")}</Header>}>
      <Facts
        columns={4}
        items={[
          ...(split
            ? [
                {
                  label: t("models.split"),
                  value: [split.training, split.validation, split.test].map(integer).join(" · "),
                },
              ]
            : []),
          { label: t("models.duplicatesDropped"), value: integer(preparation.duplicateRowsDropped) },
          ...(preparation.classesLeftOut
            ? [
                {
                  label: t("models.classesLeftOut"),
                  value: <Name>{preparation.classesLeftOut.map(({ name }) => name).join(t("common.comma"))}</Name>,
                },
              ]
            : []),
          { label: t("models.constantDropped"), value: integer(preparation.constantFeaturesDropped.length) },
          { label: t("models.cellsImputed"), value: integer(preparation.cellsImputed) },
          ...(["imputer", "scaler", "selection"] as const).flatMap((name) => {
            const choice = preparation[name];
            return choice === undefined ? [] : [{ label: field(name), value: option(choice) }];
          }),
          ...(preparation.syntheticRows === undefined
            ? []
            : [{ label: t("models.syntheticRows"), value: integer(preparation.syntheticRows) }]),
          ...(fitSeconds === undefined ? [] : [{ label: t("models.fitSeconds"), value: formats.duration(fitSeconds) }]),
          ...(check
            ? [
                {
                  label: t("models.modelCheck"),
                  value: t("models.modelCheckValue", {
                    difference: formats.number(check.maxDifference),
                    rows: integer(check.rows),
                  }),
                },
              ]
            : []),
        ]}
      />
    </Container>
  );
}
