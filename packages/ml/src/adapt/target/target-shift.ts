import { shiftBasis } from "../../diagnose/diagnose-csv.ts";
import type { OpenModel } from "../../diagnose/model.ts";
import { RowSample } from "../../honesty/row-sample.ts";
import { type ShiftReport, shiftReport } from "../../honesty/shift-report.ts";
import { mostProbable } from "../../metrics/most-probable.ts";

/** How the target's file differs from the training file; undefined where the model does not tell. */
export function targetShift(
  parent: OpenModel,
  answers: Float32Array,
  values: Float32Array,
  present: readonly string[],
): ShiftReport | undefined {
  const basis = shiftBasis(parent);
  if (!basis) return undefined;
  const sample = new RowSample(basis.reference);
  const diagnoses = mostProbable(answers, parent.card.classes.length);
  for (const [row, diagnosis] of diagnoses.entries())
    sample.add(row + 1, diagnosis, values, row * basis.features.length);
  const names = new Set(present);
  return shiftReport(
    basis.reference,
    sample,
    basis.features.map((name) => (names.has(name) ? name : null)),
    diagnoses.length,
  );
}
