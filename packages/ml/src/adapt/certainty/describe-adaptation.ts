import { mostProbable } from "../../metrics/most-probable.ts";
import type { TargetInference } from "../infer-target.ts";
import type { ViewPlan } from "../plan-views.ts";
import type { Student } from "../student/fit-student.ts";
import type { Estimate } from "./expected-accuracy.ts";
import { type AdaptationStatement, type LeftVerdict, verdictOf } from "./statement.ts";
import { viewAgreement } from "./view-agreement.ts";

/** Rows that took part, by what they were. */
export type RowCounts = Pick<
  AdaptationStatement,
  "rows" | "fittedRows" | "labelledRows" | "ignoredLabelledRows" | "sourceRows" | "classes"
>;

/** What an adaptation came to. */
export interface AdaptationParts {
  readonly plan: ViewPlan;
  readonly inference: TargetInference;
  readonly student: Student;
  readonly expected: Estimate;
  readonly reverse: number;
  /** Whether the target holds hardly more than one state. */
  readonly oneState: boolean;
}

/** The statement of an adaptation, see `AdaptationStatement`. */
export function describeAdaptation(
  counts: RowCounts,
  { plan, inference, student, expected, reverse, oneState }: AdaptationParts,
): AdaptationStatement {
  const { agreement, unstableShare } = viewAgreement(plan.fits, inference.posterior, counts.classes.length);
  return {
    schema: "adaptation.v1",
    verdict: oneState ? "doubtful" : verdictOf(expected, unstableShare, plan.prepared.likeness),
    ...counts,
    expectedAccuracy: expected,
    reverseScore: reverse,
    agreement,
    unstableShare,
    structureLikeness: plan.prepared.likeness,
    studentAgreement: student.agreement,
    learnedFrom: student.teacher,
    prior: inference.prior,
    aligned: inference.lines !== undefined,
    kpis: plan.prepared.kpis.length,
    views: plan.fits.map(({ view, learner, reverse: reverseScore }) => ({ name: view.name, learner, reverseScore })),
  };
}

/** The statement where the model is left as it is. */
export function describeLeft(counts: RowCounts, verdict: LeftVerdict): AdaptationStatement {
  return {
    schema: "adaptation.v1",
    verdict,
    ...counts,
    expectedAccuracy: null,
    reverseScore: null,
    agreement: null,
    unstableShare: null,
    structureLikeness: null,
    studentAgreement: null,
    learnedFrom: null,
    prior: null,
    aligned: false,
    kpis: 0,
    views: [],
  };
}

/** How many rows each class was diagnosed in. */
export function classRows(probabilities: Float32Array, classes: readonly string[]) {
  const counts = new Int32Array(classes.length);
  for (const diagnosis of mostProbable(probabilities, classes.length)) counts[diagnosis]++;
  return classes.map((name, index) => ({ name, rows: counts[index] }));
}
