import { fitBaseline } from "../anomaly/baseline.ts";
import type { RawRows } from "../preprocess/preparation.ts";
import { quantile } from "../preprocess/quantile.ts";
import { brierScore } from "./brier-score.ts";
import { type Calibrator, createCalibrator } from "./calibrator.ts";
import { fitConformal } from "./conformal.ts";
import { crossFittedCoverage } from "./conformal-coverage.ts";
import { expectedCalibrationError } from "./expected-calibration-error.ts";
import type { HonestyReport } from "./honesty-report.ts";
import type { ModelReference } from "./model-reference.ts";
import { fitNormalRanges, normalRows } from "./normal-ranges.ts";
import type { Novelty } from "./novelty.ts";
import { noveltyByClassOut } from "./novelty-by-class-out.ts";
import { fitReference } from "./reference.ts";

export interface HonestyParts {
  readonly raw: RawRows;
  /** Class index per row of the whole table. */
  readonly labels: Int32Array;
  readonly classes: readonly string[];
  readonly training: Int32Array;
  readonly validation: Int32Array;
  readonly test: Int32Array;
  /** `test.length × classes.length`, of the calibrated model. */
  readonly testProbabilities: Float32Array;
  readonly calibrator: Calibrator;
  readonly novelty: Novelty | undefined;
}

/** Share of rows whose prediction set holds their class. */
const coverage = 0.9;
/** Share of rows of known classes whose novelty is within the limit. */
const knownShare = 0.95;
const leastRowsForLimit = 20;
/** Rows that ranges and distributions are taken from. */
const mostRows = 200_000;

/**
 * What a model has to know of its own bounds, and the figures of its report. Thresholds come from the test part, which
 * the model never saw, as exchangeability asks for.
 */
export async function fitHonesty(
  parts: HonestyParts,
  signal?: AbortSignal,
): Promise<{ readonly reference: ModelReference; readonly report: HonestyReport }> {
  const { raw, labels, classes, test, testProbabilities, calibrator, novelty } = parts;
  const classCount = classes.length;
  const actual = test.map((row) => labels[row]);
  const rows = thinOut(parts);
  const before = createCalibrator(1 / calibrator.temperature, classCount).apply(testProbabilities);
  const normal = normalRows(rows, labels, classes);
  const baseline = await fitBaseline(raw, normal.rows, normal.source, signal);
  const reference: ModelReference = {
    kpis: await fitReference(raw, rows, labels, classCount, signal),
    normalRanges: await fitNormalRanges(raw, rows, labels, classes, signal),
    conformal: fitConformal(testProbabilities, actual, classCount, coverage),
    noveltyLimit: novelty ? limitOf(await novelty.score(raw, test, signal)) : null,
    ...(baseline && { baseline }),
  };
  const report: HonestyReport = {
    calibration: {
      temperature: calibrator.temperature,
      errorBefore: expectedCalibrationError(before, actual, classCount),
      error: expectedCalibrationError(testProbabilities, actual, classCount),
      brierScore: brierScore(testProbabilities, actual, classCount),
    },
    predictionSets: { coverage, ...crossFittedCoverage(testProbabilities, actual, classCount, coverage) },
    noveltyByClassOut: novelty
      ? await noveltyByClassOut(raw, parts.training, test, labels, classCount, signal)
      : classes.map(() => null),
  };
  return { reference, report };
}

/** The rows of all parts in rising order, of very many every n-th. */
function thinOut({ training, validation, test }: HonestyParts): Int32Array {
  const all = new Int32Array(training.length + validation.length + test.length);
  all.set(training);
  all.set(validation, training.length);
  all.set(test, training.length + validation.length);
  const step = Math.ceil(all.length / mostRows);
  return all.sort().filter((_, place) => place % step === 0);
}

function limitOf(scores: Float32Array): number | null {
  return scores.length < leastRowsForLimit ? null : quantile(Float64Array.from(scores).sort(), knownShare);
}
