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

/**
 * A report's findings as rows of a table, in the reader's language.
 *
 * @param words for what was expected, where it is a word and no number or name of a column
 */
export function reportRows(
  findings: readonly Finding[],
  language: Language,
  words: Readonly<Record<string, string>> = {},
): ReportRow[] {
  return findings.map((finding, index) => ({
    id: String(index),
    row: finding.row === undefined ? "" : String(finding.row),
    column: finding.column ?? "",
    found: finding.found ?? "",
    expected: expectedOf(finding, words),
    sentence: findingMessage(finding, language),
  }));
}

/** What is missing or has another name is a column of the file, whatever it is called. */
function expectedOf({ code, expected = "" }: Finding, words: Readonly<Record<string, string>>): string {
  const isColumn = code === "missing-column" || code === "renamed-column" || code === "no-label-column";
  return isColumn ? expected : (words[expected] ?? expected);
}
