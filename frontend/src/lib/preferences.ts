import { applyDensity, applyMode, Density, Mode } from "@cloudscape-design/global-styles";
import type { ResultView } from "@systemhealer/contract/preferences";
import { useSyncExternalStore } from "react";
import type { PaletteChoice } from "../charts/palette-choice.ts";
import { ExternalStore } from "./external-store.ts";
import type { PlacedPanel } from "./result-layout.ts";
import { readStored, writeStored } from "./storage.ts";
import type { Units } from "./units.ts";
import { type Choices, noteChoices, takeOverGuestChoices, unsentChoices } from "./unsent-choices.ts";

export type ColourScheme = "system" | "light" | "dark";

/** What the pages look like to everybody at this browser, before the sign-in too. */
interface BrowserPreferences {
  readonly scheme: ColourScheme;
  readonly density: "comfortable" | "compact";
}

/** As they were kept, perhaps by another version: readers put the usual in the place of what they do not know. */
interface OwnPreferences {
  readonly palette?: PaletteChoice | undefined;
  readonly units?: Partial<Units> | undefined;
  readonly resultLayout?: readonly PlacedPanel[] | undefined;
  readonly resultView?: ResultView | undefined;
}
const ownNames = ["palette", "units", "resultLayout", "resultView"] as const satisfies (keyof OwnPreferences)[];

export interface Preferences extends BrowserPreferences, OwnPreferences {}

/** Of the browser: what the sign-in page looks like, and whose preferences came last. */
const browserKey = "preferences";
const accountKey = "preferences.account";
const ownKey = (userId: string) => `${userId}.preferences`;

export const usualPreferences: Preferences = { scheme: "system", density: "comfortable" };

let account = readStored<string>(accountKey);
const preferences = new ExternalStore<Preferences>({
  ...usualPreferences,
  ...readStored<Partial<Preferences>>(browserKey),
  ...(account !== undefined && readStored<Partial<Preferences>>(ownKey(account))),
});
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

/** Keeps a change for whoever is signed in, and what concerns the sign-in page for the browser. */
export function setPreferences(change: Partial<Preferences>): void {
  noteChoice(change);
  keepPreferences(change);
}

/** A choice to be sent to the system, of whoever is signed in or signs in next. */
export function noteChoice(choice: Choices): void {
  noteChoices(account, choice);
}

function keepPreferences(change: Partial<Preferences>): void {
  preferences.update((value) => ({ ...value, ...change }));
  const { scheme, density } = preferences.get();
  writeStored(browserKey, { scheme, density });
  if (account !== undefined) writeStored(ownKey(account), preferences.get());
  apply();
}

/**
 * What the system knows of an account's choices, which may have been made in another browser; those that this browser
 * has still to send win. What it does not know of palette, units and results is as usual.
 */
export function showStoredPreferences(userId: string, stored: Partial<Preferences>): void {
  if (userId !== account) return;
  const { palette, units, resultLayout, resultView, scheme, density } = stored;
  const own = { palette, units, resultLayout, resultView };
  const known = { ...own, ...(scheme && { scheme }), ...(density && { density }) };
  const unsent = unsentChoices(userId);
  keepPreferences(Object.fromEntries(Object.entries(known).filter(([name]) => !(name in unsent))));
}

/** What this browser has kept of an account from before, for a system that knows nothing of it. */
export function keptChoices(userId: string): Choices {
  return readStored<Choices>(ownKey(userId)) ?? {};
}

/** From now on the preferences of this account; who is new here keeps what the browser looks like. */
export function adoptPreferences(userId: string): void {
  takeOverGuestChoices(userId);
  if (userId === account) return;
  account = userId;
  writeStored(accountKey, userId);
  const { scheme, density } = preferences.get();
  preferences.set({ scheme, density, ...readStored<Partial<Preferences>>(ownKey(userId)) });
  // Among them those that were made before it was known whose they are.
  keepPreferences(toBeShown(unsentChoices(userId)));
}

/** Choices as the pages show them; of those that were taken back, the usual. */
function toBeShown({ scheme, density, ...choices }: Choices): Partial<Preferences> {
  const own = ownNames.filter((name) => name in choices).map((name) => [name, choices[name] ?? undefined]);
  return { ...Object.fromEntries(own), ...(scheme ? { scheme } : {}), ...(density ? { density } : {}) };
}

/** Nobody is signed in any more: what an account has chosen stays kept, and is not shown to the next one. */
export function leavePreferences(): void {
  account = undefined;
  writeStored(accountKey, undefined);
  const { scheme, density } = preferences.get();
  preferences.set({ scheme, density });
}

export const usePreferences = (): Preferences => useSyncExternalStore(preferences.subscribe, preferences.get);
export const useIsDark = (): boolean => useSyncExternalStore(isDark.subscribe, isDark.get);
