import type { ResultView } from "@systemhealer/contract/preferences";
import { setPreferences, usePreferences } from "./preferences.ts";

/** How whoever is signed in looks at results, and a change of it, which goes with the account. */
export function useResultView(): readonly [ResultView, (change: Partial<ResultView>) => void] {
  const { resultView = {} } = usePreferences();
  return [resultView, (change) => setPreferences({ resultView: { ...resultView, ...change } })];
}
