import Toggle from "@cloudscape-design/components/toggle";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { ChartFrame } from "../../charts/ChartFrame.tsx";
import { ConfusionMatrix } from "../../charts/ConfusionMatrix.tsx";
import { worstConfusions } from "../../charts/confusion-cells.ts";
import { useFormats } from "../../i18n/use-formats.ts";
import { useLists } from "../../i18n/use-lists.ts";

const worstShown = 3;

export interface ConfusionSectionProps {
  readonly title?: string;
  readonly classes: readonly string[];
  /** `confusion[actual][diagnosed]` */
  readonly confusion: readonly (readonly number[])[];
}

/** What is taken for what: as colours, as a table, and the worst in words. */
export function ConfusionSection({ title, classes, confusion }: ConfusionSectionProps) {
  const { t } = useTranslation();
  const lists = useLists();
  const formats = useFormats();
  const [byClass, setByClass] = useState(true);
  const name = title ?? t("models.confusion");
  const worst = worstConfusions(classes, confusion, worstShown);
  const inWords = worst.map(({ actual, diagnosed, rows, share }) =>
    t("models.worstPair", { actual, diagnosed, rows: formats.integer(rows), share: formats.percent(share) }),
  );
  return (
    <ChartFrame
      title={name}
      zoom="xy"
      note={worst.length === 0 ? t("models.noneWrong") : t("models.worst", { pairs: lists.clauses(inWords) })}
      controls={
        <Toggle checked={byClass} onChange={({ detail }) => setByClass(detail.checked)}>
          {t("models.byClass")}
        </Toggle>
      }
      table={{
        columns: [t("models.actual"), ...classes],
        rows: classes.map((actual, i) => [actual, ...classes.map((_, j) => formats.integer(confusion[i]?.[j] ?? 0))]),
      }}
    >
      <ConfusionMatrix
        title={name}
        classes={classes}
        confusion={confusion}
        byClass={byClass}
        labels={{ actual: t("models.actual"), diagnosed: t("models.diagnosed") }}
        format={{ rows: formats.integer, share: (share) => formats.integer(100 * share) }}
        describe={({ actual, x, rows, share }) =>
          t("models.confusionCell", {
            actual,
            diagnosed: x,
            rows: formats.integer(rows),
            share: formats.percent(share),
          })
        }
      />
    </ChartFrame>
  );
}
