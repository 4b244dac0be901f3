import { type Client, createClient } from "@systemhealer/contract/client";
import type { Language } from "@systemhealer/contract/messages/message";
import { CliError } from "../cli-error.ts";
import { exitCode } from "../exit-code.ts";
import { readSession, type Session, writeSession } from "./session-store.ts";
import { expiryOf, refresh } from "./user-pool.ts";

const refreshAheadSeconds = 60;

export interface Connection {
  readonly session: Session;
  readonly client: Client;
  /** A valid ID token, refreshed where it is old. */
  readonly token: () => Promise<string>;
}

/**
 * A client for the installation that the user is signed in to. Tokens are refreshed when they are old.
 * @throws CliError where nobody is signed in
 */
export async function connect(language: Language): Promise<Connection> {
  const stored = await readSession();
  if (!stored) throw new CliError(exitCode.forbidden, "not-signed-in");
  let session = stored;
  let refreshing: Promise<string> | undefined;

  async function renew(): Promise<string> {
    const tokens = await refresh(session, session.userName, session.refreshToken);
    session = { ...session, ...tokens };
    await writeSession(session);
    return session.idToken;
  }

  async function token(): Promise<string> {
    if (expiryOf(session.idToken) - Date.now() / 1000 > refreshAheadSeconds) return session.idToken;
    // Calls side by side share one renewal: a refresh token may be good for one use only.
    refreshing ??= renew().finally(() => {
      refreshing = undefined;
    });
    return refreshing;
  }

  return { session, token, client: createClient({ baseUrl: session.apiUrl, token, language }) };
}
