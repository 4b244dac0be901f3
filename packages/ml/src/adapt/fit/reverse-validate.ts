import { confusionMatrix } from "../../metrics/confusion-matrix.ts";
import { macroF1 } from "../../metrics/macro-f1.ts";
import { mostProbableOf } from "../posterior/snap-prior.ts";
import type { InferenceOptions, SourceRows, View } from "../task.ts";
import { fillGaps, mediansOf, rowsOf, samplesOf } from "./view-rows.ts";

const shape = { trees: 120, columnShare: 0.3, minLeafRows: 2 };
const leastClassRows = 3;

/**
 * Reverse validation (E. Zhong et al., "Cross validation framework to choose amongst models and datasets for transfer
 * learning", 2010): trees learn the target's diagnoses in a view and are scored on the source's labels. Diagnoses that
 * make no sense of the source are no good ones.
 * @param posterior `target rows × classCount`
 * @returns macro-F1 on the source rows
 */
export async function reverseValidate(
  view: View,
  source: SourceRows,
  posterior: Float64Array,
  options: InferenceOptions,
): Promise<number> {
  const answers = await answerInReverse(view, source, posterior, options);
  return macroF1(confusionMatrix(source.labels, answers, source.classCount));
}

/**
 * What trees that learned the target's diagnoses in a view say of the source.
 * @param posterior `target rows × classCount`
 * @returns class index per source row
 */
export async function answerInReverse(
  view: View,
  { classCount }: SourceRows,
  posterior: Float64Array,
  { pool, seed }: InferenceOptions,
): Promise<Int32Array> {
  const labels = mostProbableOf(posterior, classCount);
  const counts = new Int32Array(classCount);
  for (const label of labels) counts[label]++;
  const weights = Float32Array.from(
    labels,
    (label, row) => posterior[row * classCount + label] / Math.max(counts[label], leastClassRows),
  );
  const targetMedians = mediansOf(view.target);
  const samples = samplesOf([{ columns: fillGaps(view.target, targetMedians), labels, weights }], classCount);
  const rows = rowsOf(fillGaps(view.source, targetMedians));
  const reversed = (await pool.run({ learner: shape, samples, rows, seed })).answers;
  return mostProbableOf(reversed, classCount);
}
