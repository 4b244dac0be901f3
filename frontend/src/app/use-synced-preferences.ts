import { ApiError } from "@systemhealer/contract/client-errors";
import type { PreferencesChange, PreferencesView } from "@systemhealer/contract/preferences";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect, useRef, useSyncExternalStore } from "react";
import { currentLanguage, showLanguage } from "../i18n/language.ts";
import { adoptPreferences, keptChoices, type Preferences, showStoredPreferences } from "../lib/preferences.ts";
import { useServices } from "../lib/services.ts";
import { choicesMade, forgetSent, noteChoices, unsentChoices } from "../lib/unsent-choices.ts";
import { useQueries } from "../lib/use-queries.ts";

/** Several choices one after the other are sent together. */
const restMilliseconds = 400;

/**
 * Settings follow their account from browser to browser: the system keeps them, this browser's copy serves until it has
 * answered and while the connection is lost. @param userId undefined until it is known who has signed in
 */
export function useSyncedPreferences(userId: string | undefined): void {
  useEffect(() => {
    if (userId !== undefined) adoptPreferences(userId);
  }, [userId]);
  const stored = useQuery({ ...useQueries().preferences(), enabled: userId !== undefined }).data;
  useEffect(() => {
    if (userId === undefined || !stored) return;
    if (stored.updatedAt === null) noteChoices(userId, { ...keptChoices(userId), ...unsentChoices(userId) });
    else show(userId, stored);
  }, [userId, stored]);
  useSending(userId);
}

function show(userId: string, stored: PreferencesView): void {
  // Readers put the usual in the place of names they do not know.
  showStoredPreferences(userId, stored as Partial<Preferences>);
  const { language } = stored;
  if (!language || language === currentLanguage() || "language" in unsentChoices(userId)) return;
  // Without its texts the page goes on in the language it has.
  showLanguage(language).catch((error: unknown) => console.warn("the language was not shown", error));
}

/** Sends what was chosen, once it is at rest; what cannot be sent is sent with the next choice, connection or visit. */
function useSending(userId: string | undefined): void {
  const { client } = useServices();
  const queryClient = useQueryClient();
  /** One after the other, so that the later choice is the one that stays. */
  const last = useRef(Promise.resolve());
  const made = useSyncExternalStore(choicesMade.subscribe, choicesMade.get);
  // biome-ignore lint/correctness/useExhaustiveDependencies: each choice begins the rest anew
  useEffect(() => {
    if (userId === undefined) return;
    const send = async () => {
      const choices = unsentChoices(userId);
      if (Object.keys(choices).length === 0) return;
      await queryClient.cancelQueries({ queryKey: ["preferences"] });
      try {
        const stored = await client.call("updatePreferences", { body: choices as PreferencesChange });
        // What was asked for meanwhile may be told as it was before.
        await queryClient.cancelQueries({ queryKey: ["preferences"] });
        forgetSent(userId, choices);
        queryClient.setQueryData(["preferences"], stored);
      } catch (error) {
        // What another version of the portal has kept may be nothing that the system knows.
        if (error instanceof ApiError && error.problem.status === 400) forgetSent(userId, choices);
        console.warn("settings were not sent", error);
        // The question that was given up for it.
        void queryClient.invalidateQueries({ queryKey: ["preferences"] });
      }
    };
    const tryToSend = () => {
      last.current = last.current.then(send);
    };
    const timer = setTimeout(tryToSend, restMilliseconds);
    addEventListener("online", tryToSend);
    return () => {
      clearTimeout(timer);
      removeEventListener("online", tryToSend);
    };
  }, [userId, made, client, queryClient]);
}
