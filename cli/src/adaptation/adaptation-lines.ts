import { leavesModel } from "@systemhealer/contract/adaptation";
import type { AdaptationStatement } from "@systemhealer/ml/adapt/certainty/statement";
import type { Output } from "../output.ts";
import { formatCount, formatScore, formatShare } from "../terminal/units.ts";

/** What an adaptation is worth, in words. */
export function verdictLine(
  output: Output,
  { verdict, expectedAccuracy }: Pick<AdaptationStatement, "verdict" | "expectedAccuracy">,
): string {
  return output.text(`adapt-verdict-${verdict}`, {
    expected: formatShare(expectedAccuracy?.value ?? 0),
    low: formatShare(expectedAccuracy?.low ?? 0),
    high: formatShare(expectedAccuracy?.high ?? 0),
  });
}

/** How sure an adaptation is, and by what evidence, in words. */
export function adaptationLines(
  output: Output,
  statement: AdaptationStatement & { readonly labelledRowsInFile: number },
): string[] {
  const { verdict, reverseScore, agreement, unstableShare, labelledRows } = statement;
  const lines = [verdictLine(output, statement)];
  if (!leavesModel(verdict)) {
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
