import SpaceBetween from "@cloudscape-design/components/space-between";
import type { RunView } from "@systemhealer/contract/run";
import { useTranslation } from "react-i18next";
import { useServices } from "../../lib/services.ts";
import { DownloadButton } from "../../ui/DownloadButton.tsx";
import { LinkButton } from "../../ui/LinkButton.tsx";
import { isFinishedDiagnosis } from "./finished-diagnosis.ts";

/** What can be done with a result; its rows can be had without scrolling. */
export function ResultActions({ run }: { readonly run: RunView }) {
  const { t } = useTranslation();
  const { client } = useServices();
  const { runId } = run;
  return (
    <SpaceBetween direction="horizontal" size="xs">
      <LinkButton to="/settings">{t("settings.arrange")}</LinkButton>
      <LinkButton to={`/runs/${runId}`}>{t("diagnosis.steps")}</LinkButton>
      {isFinishedDiagnosis(run) && (
        <DownloadButton
          variant="primary"
          address={() => client.call("downloadRun", { runId, body: { artefact: "results.csv" } })}
        >
          {t("diagnosis.downloadRows")}
        </DownloadButton>
      )}
    </SpaceBetween>
  );
}
