import { spawn } from "node:child_process";
import { once } from "node:events";
import { resolve } from "node:path";
import { createInterface } from "node:readline";
import type { Timing } from "./timing.ts";

/** A Python process that fits the peers' models on a file. */
export interface PeerProcess {
  /** @returns undefined where the model's package is not installed, or the fit did not end in time */
  fit(order: Readonly<Record<string, string | number>>): Promise<Timing | undefined>;
  close(): void;
}

/** Longest time for one fit. */
const mostMilliseconds = 20 * 60 * 1_000;

export function openPeers(python: string, file: string): PeerProcess {
  const child = spawn(python, [resolve("bench/peers/serve_fits.py"), file], {
    stdio: ["pipe", "pipe", "inherit"],
    // Threads of OpenMP that wait for one another would otherwise burn the cores that they wait for.
    env: { ...process.env, OMP_WAIT_POLICY: "passive" },
  });
  const lines = createInterface(child.stdout);
  const ended = once(child, "close").then(() => undefined);
  ended.catch(() => {});
  return {
    async fit(order) {
      const signal = AbortSignal.timeout(mostMilliseconds);
      const line = once(lines, "line", { signal });
      child.stdin.write(`${JSON.stringify(order)}\n`);
      try {
        const answer = await Promise.race([line, ended]);
        if (!answer) throw new Error(`The peers' process has ended with ${child.exitCode}`);
        const timing = JSON.parse(answer[0]) as Timing | { readonly missing: string };
        return "missing" in timing ? undefined : timing;
      } catch (error) {
        if (!signal.aborted) throw error;
        child.kill();
        return undefined;
      }
    },
    close: () => child.kill(),
  };
}
