import type { RunView } from "@systemhealer/contract/run";

/** Seconds since the run began, up to its end; undefined where it has not begun. @param now milliseconds since 1970 */
export function elapsedSeconds(run: RunView, now: number): number | undefined {
  const startedAt = "startedAt" in run ? run.startedAt : undefined;
  if (startedAt === undefined) return undefined;
  const end = "endedAt" in run ? Date.parse(run.endedAt) : now;
  return Math.max(0, (end - Date.parse(startedAt)) / 1_000);
}
