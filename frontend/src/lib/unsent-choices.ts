import { ExternalStore } from "./external-store.ts";
import { readStored, writeStored } from "./storage.ts";

/** Choices by name; null takes one back. */
export type Choices = Readonly<Record<string, unknown>>;

const guestKey = "preferences.unsent";
const keyOf = (account: string | undefined) => (account === undefined ? guestKey : `${account}.preferences.unsent`);

/** Raised with every choice, for whoever sends them. */
export const choicesMade = new ExternalStore(0);

/** Choices that this browser has made for an account, or before a sign-in, and that the system does not know yet. */
export function unsentChoices(account: string | undefined): Choices {
  const kept = readStored<unknown>(keyOf(account));
  return typeof kept === "object" && kept !== null ? (kept as Choices) : {};
}

export function noteChoices(account: string | undefined, choices: Choices): void {
  const named = Object.entries(choices).map(([name, value]) => [name, value === undefined ? null : value]);
  keep(account, { ...unsentChoices(account), ...Object.fromEntries(named) });
  choicesMade.update((count) => count + 1);
}

/** What was chosen on the way to the sign-in is the account's that signed in. */
export function takeOverGuestChoices(account: string): void {
  const choices = unsentChoices(undefined);
  keep(undefined, {});
  if (Object.keys(choices).length > 0) noteChoices(account, choices);
}

/** The system knows these now; what was chosen otherwise meanwhile stays to be sent. */
export function forgetSent(account: string, sent: Choices): void {
  const left = Object.entries(unsentChoices(account)).filter(
    ([name, value]) => JSON.stringify(value) !== JSON.stringify(sent[name]),
  );
  keep(account, Object.fromEntries(left));
}

function keep(account: string | undefined, choices: Choices): void {
  writeStored(keyOf(account), Object.keys(choices).length > 0 ? choices : undefined);
}
