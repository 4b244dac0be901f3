import type { AdaptationStatement } from "@systemhealer/ml/adapt/certainty/statement";
import type { Output } from "../output.ts";
import { formatCount, formatScore, formatShare } from "../terminal/units.ts";

/** How sure an adaptation is, in words. */
export function adaptationLines(
  output: Output,
  statement: AdaptationStatement & { readonly labelledRowsInFile: number },
): string[] {
  const { verdict, expectedAccuracy, reverseScore, agreement, unstableShare, labelledRows } = statement;
  const lines = [
    output.text(`adapt-verdict-${verdict}`, {
      expected: formatShare(expectedAccuracy?.value ?? 0),
      low: formatShare(expectedAccuracy?.low ?? 0),
      high: formatShare(expectedAccuracy?.high ?? 0),
    }),
  ];
  if (verdict !== "unchanged") {
    lines.push(
      output.text("adapt-evidence", {
        reverse: formatScore(reverseScore ?? 0),
        sourceRows: formatCount(statement.sourceRows),
        agreement: formatShare(agreement ?? 0),
        unstable: formatShare(unstableShare ?? 0),
      }),
    );
  }
  if (labelledRows + statement.ignoredLabelledRows > 0) {
    lines.push(
      output.text("adapt-labelled", {
        labelled: formatCount(labelledRows),
        scored: formatCount(statement.labelledRowsInFile),
        ignored: formatCount(statement.ignoredLabelledRows),
      }),
    );
  }
  return lines;
}
