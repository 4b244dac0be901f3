import Alert from "@cloudscape-design/components/alert";
import type { AccuracyEstimate, AdaptationVerdict } from "@systemhealer/contract/adaptation";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { inSequence } from "../i18n/in-sequence.ts";
import { useFormats } from "../i18n/use-formats.ts";

const types = {
  unchanged: "info",
  "few-states": "warning",
  reliable: "success",
  usable: "warning",
  doubtful: "error",
} as const;
const labels = {
  info: "common.info",
  success: "common.success",
  warning: "common.warning",
  error: "common.error",
} as const;

export interface SurenessAlertProps {
  readonly verdict: AdaptationVerdict;
  readonly expected: AccuracyEstimate | null;
  /** Rows with a known fault that the estimate rests on, too. */
  readonly labelledRows: number;
  readonly action?: ReactNode;
}

/** How sure a model is that was fitted to a new environment, in words. */
export function SurenessAlert({ verdict, expected, labelledRows, action }: SurenessAlertProps) {
  const { t } = useTranslation();
  const formats = useFormats();
  const type = types[verdict];
  const sentences = [
    ...(verdict === "unchanged" ? [t("adaptation.unchangedText")] : []),
    ...(verdict === "few-states" ? [t("adaptation.fewStatesText")] : []),
    ...(expected
      ? [
          t("adaptation.expected", {
            accuracy: formats.percent(expected.value),
            low: formats.percent(expected.low),
            high: formats.percent(expected.high),
          }),
          labelledRows > 0
            ? t("adaptation.withLabels", { rows: formats.integer(labelledRows) })
            : t("adaptation.notMeasured"),
        ]
      : []),
    ...(verdict === "doubtful" ? [t("adaptation.labelMore")] : []),
  ];
  return (
    <Alert
      type={type}
      header={t(`adaptation.verdict.${verdict}`)}
      statusIconAriaLabel={t(labels[type])}
      action={action}
    >
      {inSequence(sentences)}
    </Alert>
  );
}
