import type { PreferencesChange, StoredPreferences } from "@systemhealer/contract/preferences";

/** A user of a workspace. */
export interface Owner {
  readonly workspaceId: string;
  readonly userId: string;
}

export interface PreferenceStore {
  find(owner: Owner): Promise<StoredPreferences | undefined>;
  /** Writes the choices that are given and takes back those that are null; of two writers each keeps what is its own. */
  change(owner: Owner, change: PreferencesChange, at: string): Promise<StoredPreferences>;
  /** Absent is no error. */
  delete(owner: Owner): Promise<void>;
}
