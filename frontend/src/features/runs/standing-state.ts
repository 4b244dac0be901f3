import type { Standing } from "@systemhealer/contract/leaderboard";

/** What becomes of those that were not through when their run ended. */
const ends = { waiting: "unreached", fitting: "interrupted", scored: "compared" } as const;

type Ends = typeof ends;
export type StandingState = Standing["status"] | Ends[keyof Ends];

/** How a learner stands in a comparison; once its run has ended, however it did, none of them learns any more. */
export function standingState(status: Standing["status"], hasEnded: boolean): StandingState {
  return hasEnded && status !== "stopped-early" && status !== "failed" ? ends[status] : status;
}
