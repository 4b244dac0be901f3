import { useQueryClient } from "@tanstack/react-query";
import { useSyncExternalStore } from "react";
import { useTranslation } from "react-i18next";
import { currentLanguage } from "../../i18n/language.ts";
import { ExternalStore } from "../../lib/external-store.ts";
import { useServices } from "../../lib/services.ts";
import { runSample, type SampleProgress } from "./run-sample.ts";

interface SampleState {
  readonly progress?: SampleProgress;
  readonly error?: unknown;
}

/** Outside the page, so that it is still there when the reader comes back to it. */
const sample = new ExternalStore<SampleState>({});

export function useSample(): SampleState & { readonly start: () => void } {
  const { t } = useTranslation();
  const { client, session } = useServices();
  const queryClient = useQueryClient();
  const state = useSyncExternalStore(sample.subscribe, sample.get);
  const start = () => {
    const unsubscribe = session.subscribe(() => session.get() === "signed-out" && sample.set({}));
    sample.set({ progress: { step: "simulate", fraction: 0 } });
    runSample(client, {
      language: currentLanguage(),
      nameOf: (purpose) =>
        t("home.sampleName", { purpose: t(purpose === "training" ? "home.forTraining" : "home.forDiagnosis") }),
      onProgress: (progress) => sample.set({ progress }),
    })
      .catch((error: unknown) => sample.update((now) => ({ ...now, error })))
      .finally(() => {
        unsubscribe();
        void queryClient.invalidateQueries();
      });
  };
  return { ...state, start };
}
