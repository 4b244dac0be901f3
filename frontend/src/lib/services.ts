import type { Client } from "@systemhealer/contract/client";
import { ConnectionError } from "@systemhealer/contract/client-errors";
import type { Language } from "@systemhealer/contract/messages/message";
import { createContext, useContext } from "react";
import { apiClock } from "./busy-clock.ts";
import { ExternalStore } from "./external-store.ts";
import type { PortalConfig } from "./portal-config.ts";
import { SignInError, type UserPool } from "./user-pool.ts";

export type SessionState = "unknown" | "signed-in" | "signed-out";

/** What the pages need of the outside, made once at the start. */
export interface Services {
  readonly config: PortalConfig;
  readonly userPool: UserPool;
  readonly session: ExternalStore<SessionState>;
  readonly client: Client;
}

export function createServices(config: PortalConfig, userPool: UserPool, language: () => Language): Services {
  const session = new ExternalStore<SessionState>(userPool.isRemembered ? "unknown" : "signed-out");
  const token = async (): Promise<string> => {
    const current = await userPool.session();
    session.set(current ? "signed-in" : "signed-out");
    if (!current) throw new SignInError("NotAuthorizedException", "signed out");
    return current.getIdToken().getJwtToken();
  };
  const client: Client = {
    async call(name, input, options) {
      // Strangers do without it: the sign-in page does not carry the table of operations.
      const { createClient } = await import("./api-client.ts").catch((cause: unknown) => {
        throw new ConnectionError(config.apiUrl, "The code of the client did not arrive", { cause });
      });
      // The language may change between two calls.
      const api = createClient({ baseUrl: config.apiUrl, token, language: language() });
      return apiClock.during(
        () => api.call(name, input, options),
        () => performance.now(),
      );
    },
  };
  return { config, userPool, session, client };
}

export const ServicesContext = createContext<Services | undefined>(undefined);

export function useServices(): Services {
  const services = useContext(ServicesContext);
  if (!services) throw new Error("outside of ServicesContext");
  return services;
}
