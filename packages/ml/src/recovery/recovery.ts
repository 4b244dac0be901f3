import type { FalseAlarms } from "./false-alarms.ts";

export type RecoveryVerdict = "recovered" | "not-recovered" | "cannot-tell";

/** What speaks against a system that is back to normal. */
export const recoveryFindings = [
  "fault-rows",
  "faulty-nodes",
  "kpis-outside",
  "anomalous-rows",
  "unknown-rows",
] as const;
export type RecoveryFinding = (typeof recoveryFindings)[number];

/** Why nothing can be told. */
const recoveryDoubts = [
  "no-normal-class",
  "no-reference",
  "other-environment",
  "too-few-rows",
  "unsure-faults",
] as const;
export type RecoveryDoubt = (typeof recoveryDoubts)[number];

/** A share of rows, and what normal rows show of it. */
export interface RowShare {
  readonly rows: number;
  readonly share: number;
  readonly expectedShare: number;
}

export interface FaultShare {
  readonly name: string;
  /** Of the diagnosis that found the faults; left out where it is not known. */
  readonly before?: number;
  readonly after: number;
}

/** Whether a system is back to normal, and by what that is told. */
export interface Recovery {
  readonly schema: "recovery.v1";
  readonly verdict: RecoveryVerdict;
  readonly findings: readonly RecoveryFinding[];
  readonly doubts: readonly RecoveryDoubt[];
  /** The class of rows without a fault; null where there is none. */
  readonly normalClass: string | null;
  /** Rows of the file. */
  readonly rows: number;
  /** Rows of the latest state, by which is judged; fewer than all where the state changed within the file. */
  readonly judgedRows: number;
  /** Rows that a verdict of recovery takes. */
  readonly neededRows: number;
  /** When the latest state begins and ends, as the file's column of time tells; null where it has none. */
  readonly from: number | null;
  readonly to: number | null;
  /** Whether rows before `from` were of another state. */
  readonly changed: boolean;
  /** Mean probability of the normal class. */
  readonly meanNormalProbability: number;
  readonly faultRows: RowShare & {
    /** Chance that normal rows show as many. */
    readonly probability: number;
    /** Where the expected share comes from. */
    readonly source: FalseAlarms["source"];
  };
  /** Left out where the model knows no normal rows of that class, or tells no novelty. */
  readonly anomalousRows?: RowShare;
  readonly unknownRows?: RowShare;
  /** Each class but the normal one, the most frequent first, before or after. */
  readonly faults: readonly FaultShare[];
  /** KPIs still outside their normal range, those of the most rows first; at most 20. */
  readonly kpis: readonly {
    readonly node: string | null;
    readonly name: string;
    readonly direction: "above" | "below";
    readonly share: number;
  }[];
  readonly kpisOutside: number;
  /** Nodes that are not normal, those with most faults first; at most 20. */
  readonly nodes: readonly {
    readonly node: string;
    readonly rows: number;
    readonly faultRows: number;
    readonly kpisOutside: number;
  }[];
  /** Nodes that the file names, and those that are normal. */
  readonly nodeCount: number;
  readonly normalNodes: number;
}
