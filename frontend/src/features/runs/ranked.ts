import type { Standing } from "@systemhealer/contract/leaderboard";

/** With the place in which it is tried, and which one of its learner it is where there are several of it. */
export type Ranked = Standing & { readonly place: number; readonly copy?: number };

/** Those still in the race first, the best so far at the top; then those that are out; then those not yet tried. */
export function ranked(standings: readonly Standing[]): Ranked[] {
  const groupOf = ({ status, folds }: Standing) => {
    if (status === "stopped-early") return 1;
    if (status === "failed") return 2;
    return folds > 0 ? 0 : 3;
  };
  return standings
    .map((standing, place): Ranked => {
      const same = standings.filter(({ learner }) => learner === standing.learner);
      return { ...standing, place, ...(same.length > 1 && { copy: same.indexOf(standing) + 1 }) };
    })
    .sort((one, other) => groupOf(one) - groupOf(other) || other.macroF1 - one.macroF1 || one.place - other.place);
}
