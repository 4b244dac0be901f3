import { useTranslation } from "react-i18next";
import { ChartFrame } from "../../charts/ChartFrame.tsx";
import { ImportanceBars } from "../../charts/ImportanceBars.tsx";
import type { ImportanceBar } from "../../charts/importance-bars.ts";
import { useFormats } from "../../i18n/use-formats.ts";

const mostBars = 20;

export function ImportanceSection({ importance }: { readonly importance: readonly ImportanceBar[] }) {
  const { t } = useTranslation();
  const formats = useFormats();
  return (
    <ChartFrame
      title={t("models.importance")}
      description={t("models.importanceHint")}
      zoom="xy"
      table={{
        columns: [t("models.kpi"), t("models.importanceDrop"), t("models.low"), t("models.high")],
        rows: importance.map(({ name, mean, low, high }) => [name, ...[mean, low, high].map(formats.number)]),
      }}
    >
      <ImportanceBars
        title={t("models.importance")}
        importance={importance}
        most={mostBars}
        xLabel={t("models.importanceDrop")}
        format={formats.number}
        describe={({ name, mean, low, high }) =>
          t("models.importanceBar", {
            name,
            mean: formats.number(mean),
            low: formats.number(low),
            high: formats.number(high),
          })
        }
      />
    </ChartFrame>
  );
}
