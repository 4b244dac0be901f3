import type { RunView } from "@systemhealer/contract/run";
import { useTranslation } from "react-i18next";
import { useFormats } from "../../i18n/use-formats.ts";
import { ShortResult } from "./ShortResult.tsx";

export interface ClusteringResultProps {
  readonly run: Extract<RunView, { kind: "clustering"; status: "succeeded" }>;
}

/** How many groups a clustering found; they can be looked at and named on their page. */
export function ClusteringResult({ run }: ClusteringResultProps) {
  const { t } = useTranslation();
  const formats = useFormats();
  const { runId, method, result } = run;
  return (
    <ShortResult
      to={`/clusters/${runId}`}
      linkText={t("clusters.open")}
      facts={[
        { label: t("clusters.groups"), value: formats.integer(result.clusters) },
        { label: t("common.rows"), value: formats.integer(result.rows) },
        { label: t("clusters.rowsInNone"), value: formats.integer(result.noiseRows) },
        { label: t("clusters.method"), value: t(`clusters.methods.${method}`) },
      ]}
    />
  );
}
