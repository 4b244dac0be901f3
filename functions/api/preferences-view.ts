import { PreferencesView, type StoredPreferences } from "@systemhealer/contract/preferences";

/** @param stored undefined where nothing was chosen yet */
export function preferencesView(stored: StoredPreferences | undefined): PreferencesView {
  return PreferencesView.parse(stored ?? { updatedAt: null });
}
