import type { RunStage, RunView } from "@systemhealer/contract/run";
import { useTranslation } from "react-i18next";

/** What a stage of a run does, in words. */
export function useStageText(): (kind: RunView["kind"], stage: RunStage | "queued" | "done") => string {
  const { t } = useTranslation();
  // A clustering makes no model.
  return (kind, stage) => t(`runs.stages.${kind === "clustering" && stage === "registering" ? "storing" : stage}`);
}
