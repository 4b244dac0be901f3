import { ConnectionError } from "@systemhealer/contract/client-errors";
import { notifyManager, QueryClient } from "@tanstack/react-query";

const maxRetries = 3;

/** What the pages read and order with. */
export function createQueryClient(): QueryClient {
  // A form shows before the next press that its order is on its way, so that two quick presses order once.
  notifyManager.setScheduler(queueMicrotask);
  return new QueryClient({
    defaultOptions: {
      queries: {
        // The client has tried refused calls again by itself; a lost connection is worth more patience.
        retry: (count, error) => error instanceof ConnectionError && count < maxRetries,
        staleTime: 1_000,
      },
      mutations: { networkMode: "always" },
    },
  });
}
