import { createRandom } from "../../random/random.ts";
import { shuffle } from "../../random/shuffle.ts";
import { answerInReverse } from "../fit/reverse-validate.ts";
import { answerSourceOutOfFold } from "../fit/source-out-of-fold.ts";
import { fillGaps, mediansOf, rowsOf, samplesOf } from "../fit/view-rows.ts";
import { mostProbableOf } from "../posterior/snap-prior.ts";
import type { InferenceOptions, SourceRows, View } from "../task.ts";
import { recallAsDiagnosed } from "./recall-as-diagnosed.ts";

/** What speaks for the diagnoses of a target, each 0 to 1, each by itself a fair guess of their accuracy. */
export interface Evidence {
  /** How well trees tell the source's own classes apart, on rows that they did not see. */
  readonly told: number;
  /** How often trees of one half of the source and trees of the other say the same of a row of the target. */
  readonly repeated: number;
  /** How much of the source comes back right from the target's diagnoses. */
  readonly returned: number;
}

const shape = { trees: 100, columnShare: 0.4, minLeafRows: 1 };
const partings = 2;

/**
 * Three witnesses that need no label of the target. Classes of the source weigh as they were diagnosed in the target:
 * what the target does not have is none of its errors.
 * @param view in which the environments are seen as alike
 * @param posterior `target rows × classCount`
 */
export async function gatherEvidence(
  view: View,
  source: SourceRows,
  posterior: Float64Array,
  options: InferenceOptions,
): Promise<Evidence> {
  const diagnoses = mostProbableOf(posterior, source.classCount);
  const [told, returned, ...repeated] = await Promise.all([
    answerSourceOutOfFold(view.source, source, options),
    answerInReverse(view, source, posterior, options),
    ...Array.from({ length: partings }, (_, parting) =>
      agreementOfHalves(view, source, { ...options, seed: options.seed + parting }),
    ),
  ]);
  return {
    told: recallAsDiagnosed(told, source.labels, diagnoses, source.classCount),
    repeated: repeated.reduce((sum, share) => sum + share, 0) / partings,
    returned: recallAsDiagnosed(returned, source.labels, diagnoses, source.classCount),
  };
}

/**
 * Of two learners that have no row in common, on rows of another environment: about as often as they are right, where
 * their confidences hold (Y. Jiang et al., "Assessing generalization of SGD via disagreement", 2022).
 */
async function agreementOfHalves(
  view: View,
  { rowCount, labels, weights, classCount }: SourceRows,
  { seed, pool }: InferenceOptions,
): Promise<number> {
  const order = Int32Array.from({ length: rowCount }, (_, row) => row);
  shuffle(order, createRandom(seed));
  const fillers = mediansOf(view.source);
  const columns = fillGaps(view.source, fillers);
  const rows = rowsOf(fillGaps(view.target, fillers));
  const middle = rowCount >> 1;
  const [one, other] = await Promise.all(
    [order.subarray(0, middle), order.subarray(middle)].map(async (half, place) => {
      const part = {
        columns,
        rows: half,
        labels: half.map((row) => labels[row]),
        weights: Float32Array.from(half, (row) => weights[row]),
      };
      const job = { learner: shape, samples: samplesOf([part], classCount), rows, seed: seed + place };
      return mostProbableOf((await pool.run(job)).answers, classCount);
    }),
  );
  return one.filter((diagnosis, row) => diagnosis === other[row]).length / one.length;
}
