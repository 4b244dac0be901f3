import Alert from "@cloudscape-design/components/alert";
import ExpandableSection from "@cloudscape-design/components/expandable-section";
import SpaceBetween from "@cloudscape-design/components/space-between";
import type { ShiftReport } from "@systemhealer/contract/diagnosis";
import { message } from "@systemhealer/contract/messages/message";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { ChartTable } from "../../charts/ChartTable.tsx";
import { useLanguage } from "../../i18n/language.ts";
import { useFormats } from "../../i18n/use-formats.ts";

export interface ShiftNoticeProps {
  readonly shift: ShiftReport;
  /** What can be done about it. */
  readonly action?: ReactNode;
}

/** Whether the file comes from where the model was trained, in words, with the KPIs that differ most. */
export function ShiftNotice({ shift, action }: ShiftNoticeProps) {
  const { t } = useTranslation();
  const language = useLanguage();
  const formats = useFormats();
  const { verdict, kpis, shifted, most } = shift;
  if (verdict === "same") return null;
  const title = t("diagnosis.shiftTable");
  return (
    <Alert
      type={verdict === "other" ? "error" : "warning"}
      header={t(verdict === "other" ? "diagnosis.shiftOther" : "diagnosis.shiftPartly")}
      statusIconAriaLabel={t("common.warning")}
      action={action}
    >
      <SpaceBetween size="xs">
        <span>{message(`shift-${verdict}`, { kpis, shifted }, language)}</span>
        {most.length > 0 && (
          <ExpandableSection headerText={title}>
            <ChartTable
              title={title}
              columns={[t("data.feature"), t("diagnosis.distance"), t("diagnosis.gapShare")]}
              rows={most.map(({ name, distance, gapShare }) => [
                name,
                formats.number(distance),
                formats.percent(gapShare),
              ])}
            />
          </ExpandableSection>
        )}
      </SpaceBetween>
    </Alert>
  );
}
