import { simulate } from "@systemhealer/simulator/simulate";

/** Simulates away from the page, which stays quick. */
addEventListener("message", async ({ data }: MessageEvent<{ rows: number; seed: number }>) => {
  const parts: string[] = [];
  for await (const part of simulate(data)) parts.push(part);
  postMessage(new Blob(parts, { type: "text/csv" }));
});
