import { isMoreThanChance } from "../anomaly/chance.ts";
import type { NodeHealth } from "../anomaly/node-health.ts";
import type { ShiftReport } from "../honesty/shift-report.ts";
import type { ClassCount } from "../validate/profile.ts";
import { chanceOfFaults, type FalseAlarms } from "./false-alarms.ts";
import { type FaultCount, latestSegment } from "./latest-segment.ts";
import {
  type FaultShare,
  type Recovery,
  type RecoveryDoubt,
  type RecoveryFinding,
  type RowShare,
  recoveryFindings,
} from "./recovery.ts";
import type { Stretch, StretchTally } from "./stretch-tally.ts";

export interface RecoveryInput {
  readonly classes: readonly string[];
  /** Class index of rows without a fault, −1 for none. */
  readonly normal: number;
  readonly rows: number;
  readonly classRows: readonly ClassCount[];
  /** Undefined where the model knows no means and deviations, or no class is normal. */
  readonly stretches?: StretchTally | undefined;
  readonly falseAlarms: FalseAlarms;
  readonly shift?: ShiftReport | undefined;
  /** Whether the model tells novelty. */
  readonly tellsNovelty: boolean;
  /** Of the diagnosis that found the faults. */
  readonly before?: readonly ClassCount[] | undefined;
}

/**
 * Of fewer rows, a fault in a tenth of them would go unseen more often than once in 20 (1 − 0.1)^n: the rule of three
 * (J. A. Hanley and A. Lippman-Hand, 1983).
 */
const leastRows = 30;
/** Chance that a normal system is called faulty by one of the checks. */
const falseAlarmRate = 0.01;
/**
 * Rows of a series are like their neighbours, which no exact test knows: below so much more than normal rows show,
 * nothing is told.
 */
const leastExcess = 0.05;
/** Share of normal rows whose novelty is above the limit. */
const unknownShare = 0.05;
/** Rows that follow one another are unknown together; fewer beyond the share are no new fault. */
const leastUnknownExcess = 0.1;
/** Of a node's rows. */
const strayShare = 0.5;
const mostTold = 20;

/**
 * Whether the rows of a system are those of its normal state. Judged is the latest state that the rows tell of: where
 * early rows are still of a fault and later ones are not, the later ones. It is normal where no more rows are diagnosed
 * as a fault than normal rows of the model's test part were (Fisher's exact test), over all and on each node, no more
 * rows are anomalous or unknown than chance explains, and no KPI is outside its normal range in most rows of a node. What
 * is too little to be sure of either way cannot be told.
 */
export function judgeRecovery(input: RecoveryInput): Recovery {
  const { classes, normal, stretches, falseAlarms, shift } = input;
  if (normal < 0) return withoutRows(input, "no-normal-class");
  if (!stretches) return withoutRows(input, "no-reference");
  const first = beginOfLatest(stretches.stretches(), normal, falseAlarms);
  const latest = stretches.since(first);
  const { rows } = latest;
  const anomalies = latest.tally.anomalies();
  const health = latest.tally.health();
  // Ranges and means of all training rows, faults among them, say nothing of a normal state.
  const knowsNormal = anomalies.source === classes[normal];
  const faulty = rows - latest.classRows[normal];
  const probability = chanceOfFaults(faulty, rows, falseAlarms);
  const nodes = latest.nodes.filter(({ node }) => node !== null);
  const faultyNodes = nodes.filter((each) => isFaulty(each, falseAlarms, nodes.length));
  const stray = knowsNormal ? strayNodes(health.nodes) : [];
  const found: Readonly<Record<RecoveryFinding, boolean>> = {
    "fault-rows": isFaulty({ rows, faulty }, falseAlarms, 1),
    "faulty-nodes": faultyNodes.length > 0,
    "kpis-outside": stray.length > 0,
    "anomalous-rows": knowsNormal && isMoreThanChance(anomalies.rows, rows, anomalies.chanceShare, 1),
    "unknown-rows": input.tellsNovelty && isManyUnknown(latest.unknownRows, rows),
  };
  const findings = recoveryFindings.filter((finding) => found[finding]);
  const doubts: RecoveryDoubt[] = [
    ...(shift?.verdict === "other" && !keepsFaults(input, latest) ? ["other-environment" as const] : []),
    ...(findings.length === 0 && rows < leastRows ? ["too-few-rows" as const] : []),
    ...(findings.length === 0 && excessOf({ rows, faulty }, falseAlarms) > leastExcess
      ? ["unsure-faults" as const]
      : []),
  ];
  const kpisOf = new Map(stray.map(({ node, kpis }) => [node, kpis.length]));
  const abnormal = nodes.filter((each) => faultyNodes.includes(each) || kpisOf.has(each.node));
  return {
    schema: "recovery.v1",
    verdict: doubts.length > 0 ? "cannot-tell" : findings.length > 0 ? "not-recovered" : "recovered",
    findings,
    doubts,
    normalClass: classes[normal],
    rows: input.rows,
    judgedRows: rows,
    neededRows: leastRows,
    from: latest.from,
    to: latest.to,
    changed: first > 0,
    meanNormalProbability: rows === 0 ? 0 : Math.min(1, latest.normalProbabilities / rows),
    faultRows: {
      ...shareOf(faulty, rows, falseAlarms.alarms / falseAlarms.rows),
      probability,
      source: falseAlarms.source,
    },
    ...(knowsNormal && { anomalousRows: shareOf(anomalies.rows, rows, anomalies.chanceShare) }),
    ...(input.tellsNovelty && { unknownRows: shareOf(latest.unknownRows, rows, unknownShare) }),
    faults: faultShares(input, latest),
    kpis: stray
      .flatMap(({ node, kpis }) => kpis.map((kpi) => ({ node, ...kpi })))
      .sort((one, other) => other.share - one.share)
      .slice(0, mostTold),
    kpisOutside: stray.reduce((sum, { kpis }) => sum + kpis.length, 0),
    nodes: abnormal
      .map(({ node, rows: nodeRows, faulty: faultRows }) => ({
        node: node ?? "",
        rows: nodeRows,
        faultRows,
        kpisOutside: kpisOf.get(node) ?? 0,
      }))
      .sort((one, other) => other.faultRows / other.rows - one.faultRows / one.rows)
      .slice(0, mostTold),
    nodeCount: nodes.length,
    normalNodes: nodes.length - abnormal.length,
  };
}

/** @param comparisons that are made at once */
function isFaulty({ rows, faulty }: FaultCount, known: FalseAlarms, comparisons: number): boolean {
  if (excessOf({ rows, faulty }, known) <= leastExcess) return false;
  return chanceOfFaults(faulty, rows, known) * Math.max(1, comparisons) <= falseAlarmRate;
}

/**
 * The stretch in which the latest state begins: of all rows, and of each node that has faults, since the fault of one
 * node among many is a small share of the rows.
 */
function beginOfLatest(parts: readonly Stretch[], normal: number, known: FalseAlarms): number {
  const counts = parts.map(({ rows, classRows }) => ({ rows, faulty: rows - classRows[normal] }));
  const byNode = new Map<string | null, FaultCount[]>();
  for (const [at, { nodes }] of parts.entries()) {
    for (const { node, rows, faulty } of nodes) {
      const own = byNode.get(node) ?? parts.map(() => ({ rows: 0, faulty: 0 }));
      own[at] = { rows, faulty };
      byNode.set(node, own);
    }
  }
  const faulty = [...byNode.values()].filter((own) => isFaulty(sumOf(own), known, byNode.size));
  return Math.max(...[counts, ...faulty].map(latestSegment));
}

const sumOf = (counts: readonly FaultCount[]): FaultCount => ({
  rows: counts.reduce((sum, { rows }) => sum + rows, 0),
  faulty: counts.reduce((sum, { faulty }) => sum + faulty, 0),
});

/** KPIs that are outside their normal range in most of a node's rows: a short burst of load is no fault. */
function strayNodes(nodes: readonly NodeHealth[]) {
  return nodes
    .map(({ node, outside }) => ({ node, kpis: outside.filter(({ share }) => share > strayShare) }))
    .filter(({ kpis }) => kpis.length > 0);
}

function isManyUnknown(unknown: number, rows: number): boolean {
  return (
    unknown / Math.max(1, rows) - unknownShare > leastUnknownExcess && isMoreThanChance(unknown, rows, unknownShare, 1)
  );
}

/** Whether faults that were there before are there still, in more rows than normal ones show. */
function keepsFaults({ classes, normal, before, falseAlarms }: RecoveryInput, { rows, classRows }: Stretch): boolean {
  if (!before) return false;
  const all = before.reduce((sum, each) => sum + each.rows, 0);
  const former = new Set(
    before
      .filter((each) => isFaulty({ rows: all, faulty: each.rows }, falseAlarms, classes.length))
      .map(({ name }) => name),
  );
  const faulty = classes.reduce(
    (sum, name, index) => sum + (index !== normal && former.has(name) ? classRows[index] : 0),
    0,
  );
  return isFaulty({ rows, faulty }, falseAlarms, 1);
}

/** Of the share of faulty rows, over that of normal ones. */
const excessOf = ({ rows, faulty }: FaultCount, { alarms, rows: known }: FalseAlarms): number =>
  faulty / Math.max(1, rows) - alarms / known;

const shareOf = (rows: number, all: number, expectedShare: number): RowShare => ({
  rows,
  share: all === 0 ? 0 : rows / all,
  expectedShare,
});

function faultShares(
  { classes, normal, before }: RecoveryInput,
  latest: Pick<Stretch, "rows" | "classRows">,
): FaultShare[] {
  const beforeRows = before?.reduce((sum, { rows }) => sum + rows, 0);
  const shares = classes.map((name, index): FaultShare => {
    const former = before?.find((each) => each.name === name);
    return {
      name,
      ...(former && beforeRows && { before: former.rows / beforeRows }),
      after: latest.rows === 0 ? 0 : latest.classRows[index] / latest.rows,
    };
  });
  const greatest = (share: FaultShare) => Math.max(share.before ?? 0, share.after);
  return shares.filter((_, index) => index !== normal).sort((one, other) => greatest(other) - greatest(one));
}

/** Where nothing is known of what is normal. */
function withoutRows(input: RecoveryInput, doubt: RecoveryDoubt): Recovery {
  const { classes, normal, rows, classRows, falseAlarms } = input;
  const counts = classRows.map((each) => each.rows);
  const faulty = normal < 0 ? 0 : rows - counts[normal];
  const probability = normal < 0 ? 1 : chanceOfFaults(faulty, rows, falseAlarms);
  const expected = normal < 0 ? 0 : falseAlarms.alarms / falseAlarms.rows;
  return {
    schema: "recovery.v1",
    verdict: "cannot-tell",
    findings: [],
    doubts: [doubt],
    normalClass: classes[normal] ?? null,
    rows,
    judgedRows: rows,
    neededRows: leastRows,
    from: null,
    to: null,
    changed: false,
    meanNormalProbability: 0,
    faultRows: { ...shareOf(faulty, rows, expected), probability, source: falseAlarms.source },
    faults: faultShares(input, { rows, classRows: counts }),
    kpis: [],
    kpisOutside: 0,
    nodes: [],
    nodeCount: 0,
    normalNodes: 0,
  };
}
