import { z } from "zod";
import { RunId, Timestamp } from "./ids.ts";

const count = z.int().nonnegative();
const Share = z.number().min(0).max(1);

const recoveryVerdicts = ["recovered", "not-recovered", "cannot-tell"] as const;
export const RecoveryVerdict = z.enum(recoveryVerdicts);
export type RecoveryVerdict = z.infer<typeof RecoveryVerdict>;

/** What speaks against a system that is back to normal. */
export const recoveryFindings = [
  "fault-rows",
  "faulty-nodes",
  "kpis-outside",
  "anomalous-rows",
  "unknown-rows",
] as const;

/** Why nothing can be told. */
export const recoveryDoubts = [
  "no-normal-class",
  "no-reference",
  "other-environment",
  "too-few-rows",
  "unsure-faults",
] as const;

const RowShare = z.object({
  rows: count,
  share: Share,
  /** Of normal rows. */
  expectedShare: Share,
});

/** Whether a system is back to normal after a diagnosis that found faults, and by what that is told. */
export const Recovery = z
  .object({
    schema: z.literal("recovery.v1"),
    verdict: RecoveryVerdict,
    findings: z.array(z.enum(recoveryFindings)),
    doubts: z.array(z.enum(recoveryDoubts)),
    /** The class of rows without a fault; null where there is none. */
    normalClass: z.string().nullable(),
    /** Rows of the file. */
    rows: count,
    /** Rows of the latest state, by which is judged; fewer than all where the state changed within the file. */
    judgedRows: count,
    /** Rows that a verdict of recovery takes. */
    neededRows: count,
    /** When the latest state begins and ends, as the column of time tells (dates in milliseconds); null without one. */
    from: z.number().nullable(),
    to: z.number().nullable(),
    /** Whether rows before `from` were of another state. */
    changed: z.boolean(),
    /** Mean probability of the normal class. */
    meanNormalProbability: Share,
    /** Rows diagnosed as a fault. */
    faultRows: RowShare.extend({
      /** Chance that normal rows show as many. */
      probability: Share,
      /** Whether normal rows of the test part were counted, or the model's accuracy stands for them. */
      source: z.enum(["test", "accuracy"]),
    }),
    /** Only where the model knows means and deviations of rows of the normal class. */
    anomalousRows: RowShare.optional(),
    /** Rows unlike anything learned; only where the model tells. */
    unknownRows: RowShare.optional(),
    /** Shares of each class but the normal one, the greatest first. */
    faults: z.array(
      z.object({
        name: z.string(),
        /** In the diagnosis that found the faults; left out where that is gone or unknown. */
        before: Share.optional(),
        after: Share,
      }),
    ),
    /** KPIs still outside their normal range in more rows than chance explains, the most first. */
    kpis: z
      .array(
        z.object({
          node: z.string().nullable(),
          name: z.string(),
          direction: z.enum(["above", "below"]),
          share: Share,
        }),
      )
      .max(20),
    kpisOutside: count,
    /** Nodes that are not normal, those with the greatest share of faults first. */
    nodes: z.array(z.object({ node: z.string(), rows: count, faultRows: count, kpisOutside: count })).max(20),
    /** Nodes that the file names. */
    nodeCount: count,
    normalNodes: count,
  })
  .meta({ id: "Recovery" });
export type Recovery = z.infer<typeof Recovery>;

/** What the last check of a diagnosed system came to, on the record of the diagnosis that found the faults. */
export const RecoveryCheck = z
  .object({
    verdict: RecoveryVerdict,
    /** The diagnosis of the newer records. */
    runId: RunId,
    at: Timestamp,
  })
  .meta({ id: "RecoveryCheck" });
export type RecoveryCheck = z.infer<typeof RecoveryCheck>;

const endStates = ["open", "recovered", "not-recovered"] as const;
/** `open`: faults were found, and nobody has verified yet that they are gone. */
export type EndState = (typeof endStates)[number];

/** @returns undefined where no faults were found, or it is not known, and nobody has checked */
export function endStateOf(found: {
  readonly faultsFound?: boolean | undefined;
  readonly recovery?: RecoveryCheck | undefined;
}): EndState | undefined {
  const verdict = found.recovery?.verdict;
  if (verdict === "recovered" || verdict === "not-recovered") return verdict;
  return found.faultsFound || verdict !== undefined ? "open" : undefined;
}
