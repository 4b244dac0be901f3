import { type FittedTrees, fittedTrees } from "../../learners/trees/tree-learner.ts";
import { createRandom } from "../../random/random.ts";
import { shuffle } from "../../random/shuffle.ts";
import { type KpiLine, toTarget } from "../align/align-target.ts";
import type { FitResult, ForestShape } from "../fit/fit-job.ts";
import { type RowPart, rowsOf, samplesOf } from "../fit/view-rows.ts";
import { mostProbableOf } from "../posterior/snap-prior.ts";
import type { InferenceOptions, SourceRows, TargetRows } from "../task.ts";
import { softRows } from "./soft-rows.ts";
import { studentColumns } from "./student-columns.ts";

/** What a student learns from besides the target's rows. */
export type Teacher = "target" | "target and aligned source" | "target and source";

export interface Student {
  readonly fitted: FittedTrees;
  readonly teacher: Teacher;
  /** KPIs that it looks at, by their numbers in the table; rising. */
  readonly columns: readonly number[];
  /** Share of the target's rows that trees which did not see them diagnose as the posterior does. */
  readonly agreement: number;
  /** `target rows × classCount`, each row by trees that did not see it. */
  readonly outOfFold: Float32Array;
}

export interface Lesson {
  readonly source: SourceRows;
  readonly target: TargetRows;
  /** `target rows × classCount`. */
  readonly posterior: Float64Array;
  /** KPIs that carry signal in the source, by their numbers in the table; rising. */
  readonly kpis: readonly number[];
  /** Of these KPIs. */
  readonly lines: readonly KpiLine[] | undefined;
}

const folds = 5;
const trial: ForestShape = { trees: 60, columnShare: 0.5, minLeafRows: 1 };
const final: ForestShape = { ...trial, trees: 200 };
/** Rows beyond which leaves hold more than one, so that the model's file stays small. */
const rowsPerLeafRow = 4_000;

/**
 * Extra trees that answer raw rows of the new environment alone as the whole inference answered its file: fitted to the
 * target's rows by what is believed of them, beside source rows where trees that do so agree better with the posterior
 * on rows they did not see.
 */
export async function fitStudent(lesson: Lesson, options: InferenceOptions): Promise<Student> {
  const { source, target, posterior, lines } = lesson;
  const { classCount } = source;
  const teachers: readonly Teacher[] = ["target", lines ? "target and aligned source" : "target and source"];
  const all = Int32Array.from({ length: target.rowCount }, (_, row) => row);
  const fold = all.map((row) => row % folds);
  shuffle(fold, createRandom(options.seed));
  const diagnoses = mostProbableOf(posterior, classCount);
  const tried: Omit<Student, "fitted">[] = [];
  for (const teacher of teachers) {
    const columns = teacher === "target" ? studentColumns(target, posterior, classCount, lesson.kpis) : lesson.kpis;
    const outOfFold = new Float32Array(posterior.length);
    const learnWithout = async (held: number) => {
      const unseen = all.filter((row) => fold[row] === held);
      const seen = all.filter((row) => fold[row] !== held);
      const own = { ...options, seed: options.seed + held + 1 };
      const { answers } = await fit(lesson, { teacher, columns, rows: seen, unseen, shape: trial }, own);
      for (const [place, row] of unseen.entries()) {
        outOfFold.set(answers.subarray(place * classCount, (place + 1) * classCount), row * classCount);
      }
    };
    await Promise.all(Array.from({ length: folds }, (_, held) => learnWithout(held)));
    const answers = mostProbableOf(Float64Array.from(outOfFold), classCount);
    const agreement = answers.filter((answer, row) => answer === diagnoses[row]).length / target.rowCount;
    tried.push({ teacher, columns, agreement, outOfFold });
  }
  const best = tried.reduce((one, other) => (other.agreement > one.agreement ? other : one));
  const { teacher, columns } = best;
  const { ensemble } = await fit(
    lesson,
    { teacher, columns, rows: all, unseen: new Int32Array(0), shape: final },
    options,
  );
  if (!ensemble) throw new Error("the fit kept no trees");
  return { ...best, fitted: fittedTrees({ ensemble, bestEpoch: final.trees, curve: [] }, "probabilities") };
}

interface Attempt {
  readonly teacher: Teacher;
  readonly columns: readonly number[];
  /** Rows of the target that are learned from. */
  readonly rows: Int32Array;
  /** Those that are to be answered. */
  readonly unseen: Int32Array;
  readonly shape: ForestShape;
}

async function fit(
  { source, target, posterior, lines }: Lesson,
  { teacher, columns, rows, unseen, shape }: Attempt,
  { seed, pool }: InferenceOptions,
): Promise<FitResult> {
  const parts: RowPart[] = [
    { columns: columns.map((column) => target.columns[column]), ...softRows(posterior, source.classCount, rows) },
  ];
  if (teacher !== "target") {
    const raw = columns.map((column) => source.columns[column]);
    // All source rows together weigh as much as all target rows.
    const share = rows.length / source.rowCount;
    const weights = source.weights.map((weight) => weight * share);
    parts.push({ columns: lines ? toTarget(raw, lines) : raw, labels: source.labels, weights });
  }
  const samples = samplesOf(parts, source.classCount);
  const minLeafRows = Math.max(shape.minLeafRows, Math.round(samples.rowCount / rowsPerLeafRow));
  const answered = rowsOf(
    columns.map((column) => target.columns[column]),
    unseen,
  );
  return pool.run({
    learner: { ...shape, minLeafRows },
    samples,
    rows: answered,
    seed,
    keepTrees: unseen.length === 0,
  });
}
