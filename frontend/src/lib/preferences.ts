import { applyDensity, applyMode, Density, Mode } from "@cloudscape-design/global-styles";
import { useSyncExternalStore } from "react";
import { ExternalStore } from "./external-store.ts";
import { readStored, writeStored } from "./storage.ts";

export type ColourScheme = "system" | "light" | "dark";
export interface Preferences {
  readonly scheme: ColourScheme;
  readonly density: "comfortable" | "compact";
}

const defaults: Preferences = { scheme: "system", density: "comfortable" };
const preferences = new ExternalStore<Preferences>({ ...defaults, ...readStored<Partial<Preferences>>("preferences") });
const isDark = new ExternalStore(false);
const systemIsDark = matchMedia("(prefers-color-scheme: dark)");

function apply(): void {
  const { scheme, density } = preferences.get();
  isDark.set(scheme === "dark" || (scheme === "system" && systemIsDark.matches));
  applyMode(isDark.get() ? Mode.Dark : Mode.Light);
  applyDensity(density === "compact" ? Density.Compact : Density.Comfortable);
  document.documentElement.dataset.scheme = isDark.get() ? "dark" : "light";
}

/** Before the first drawing, so that nothing flashes. */
export function startPreferences(): void {
  apply();
  systemIsDark.addEventListener("change", apply);
}

export function setPreferences(change: Partial<Preferences>): void {
  preferences.update((value) => ({ ...value, ...change }));
  writeStored("preferences", preferences.get());
  apply();
}

export const usePreferences = (): Preferences => useSyncExternalStore(preferences.subscribe, preferences.get);
export const useIsDark = (): boolean => useSyncExternalStore(isDark.subscribe, isDark.get);
