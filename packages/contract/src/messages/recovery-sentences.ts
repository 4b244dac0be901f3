import type { Recovery } from "../recovery.ts";
import { listNames } from "./list-names.ts";
import { type Language, message } from "./message.ts";

/** How numbers are written where the sentences are read. */
export interface RecoveryFormats {
  readonly count: (value: number) => string;
  readonly share: (value: number) => string;
  /** Of a number that grows with time; dates come in milliseconds. */
  readonly moment: (value: number) => string;
}

export interface RecoverySentences {
  readonly verdict: string;
  /** Why it cannot be told, or what speaks against it. */
  readonly reasons: readonly string[];
  /** Which rows were judged. */
  readonly basis: string;
}

const mostNamed = 4;
/** 1973 in milliseconds: smaller numbers count something else. */
const earliestDate = 1e11;

/** Whether a number of a column of time is a date in milliseconds. */
export const isDate = (moment: number): boolean => Math.abs(moment) >= earliestDate;

/** Whether a system is back to normal, in words. */
export function recoverySentences(recovery: Recovery, language: Language, formats: RecoveryFormats): RecoverySentences {
  const { verdict, findings, doubts, from, to, changed } = recovery;
  const say = (code: string, parameters = {}) => message(`recovery-${code}`, parameters, language);
  const times = from === null || to === null ? {} : { from: formats.moment(from), to: formats.moment(to) };
  const rows = { judged: formats.count(recovery.judgedRows), rows: formats.count(recovery.rows) };
  return {
    verdict: say(verdict),
    reasons: [
      ...doubts.map((doubt) =>
        say(doubt, {
          rows: formats.count(recovery.judgedRows),
          needed: formats.count(recovery.neededRows),
          share: formats.share(recovery.faultRows.share),
          expected: formats.share(recovery.faultRows.expectedShare),
        }),
      ),
      ...findings.map((finding) => say(finding, parametersOf(recovery, finding, language, formats))),
    ],
    basis: `${say("by", { ...rows, ...times })}${changed ? ` ${say("changed", times)}` : ""}`,
  };
}

function parametersOf(
  { faultRows, anomalousRows, unknownRows, nodes, kpis, kpisOutside }: Recovery,
  finding: Recovery["findings"][number],
  language: Language,
  { share, count }: RecoveryFormats,
): Readonly<Record<string, string>> {
  const listed = (names: readonly string[], all: number) => {
    const shown = listNames(names.slice(0, mostNamed), language);
    return all > mostNamed ? `${shown} … (${count(all)})` : shown;
  };
  if (finding === "faulty-nodes") {
    const faulty = nodes.filter(({ faultRows: rows }) => rows > 0).map(({ node }) => node);
    return { nodes: listed(faulty, faulty.length) };
  }
  if (finding === "kpis-outside") {
    const named = kpis.map(({ node, name, direction }) => {
      const arrow = direction === "above" ? "↑" : "↓";
      return node === null ? `${name} ${arrow}` : `${node} ${name} ${arrow}`;
    });
    return { kpis: listed(named, kpisOutside) };
  }
  const shares = { "fault-rows": faultRows, "anomalous-rows": anomalousRows, "unknown-rows": unknownRows };
  const { share: found = 0, expectedShare = 0 } = shares[finding] ?? {};
  return { share: share(found), expected: share(expectedShare) };
}
