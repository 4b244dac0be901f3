import { findingMessage, type Language } from "@systemhealer/contract/messages/message";
import type { Finding } from "@systemhealer/contract/validation-report";

export interface ReportRow {
  readonly id: string;
  readonly row: string;
  readonly column: string;
  readonly found: string;
  readonly expected: string;
  readonly sentence: string;
}

/** A report's findings as rows of a table, in the reader's language. */
export function reportRows(findings: readonly Finding[], language: Language): ReportRow[] {
  return findings.map((finding, index) => ({
    id: String(index),
    row: finding.row === undefined ? "" : String(finding.row),
    column: finding.column ?? "",
    found: finding.found ?? "",
    expected: finding.expected ?? "",
    sentence: findingMessage(finding, language),
  }));
}
