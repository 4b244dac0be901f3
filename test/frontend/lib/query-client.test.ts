import { ConnectionError } from "@systemhealer/contract/client-errors";
import { MutationObserver } from "@tanstack/react-query";
import { expect, test } from "vitest";
import { createQueryClient } from "../../../frontend/src/lib/query-client.ts";

test("an order is known to be on its way before the next event, so that a second press finds it", async () => {
  const client = createQueryClient();
  const ordering = new MutationObserver(client, { mutationFn: () => new Promise(() => {}) });
  const seen: string[] = [];
  const stop = ordering.subscribe(({ status }) => seen.push(status));
  const nextEvent = new Promise<void>((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      resolve();
    };
    port2.postMessage(null);
  });
  void ordering.mutate();
  await nextEvent;
  expect(seen).toContain("pending");
  stop();
});

test("only a lost connection is worth another try of what is read", async () => {
  const client = createQueryClient();
  const tries = async (error: Error) => {
    let count = 0;
    const queryFn = () => {
      count += 1;
      throw error;
    };
    await client
      .fetchQuery({ queryKey: [error.name], queryFn, retryDelay: 1, ...client.getDefaultOptions().queries })
      .catch(() => undefined);
    return count;
  };
  expect(await tries(new ConnectionError("http://127.0.0.1", "gone"))).toBe(4);
  expect(await tries(new Error("refused"))).toBe(1);
});
