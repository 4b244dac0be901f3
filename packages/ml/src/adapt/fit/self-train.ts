import type { InferenceOptions, LabelledTarget, SourceRows, View } from "../task.ts";
import { answerOutOfFold } from "./out-of-fold.ts";
import { fillGaps, mediansOf, rowsOf, samplesOf } from "./view-rows.ts";

const shape = { trees: 60, columnShare: 0.4, minLeafRows: 1 };
/** For the target alone, whose noise and gaps are all there is to learn from. */
const aloneShapes = [
  { trees: 60, columnShare: 0.4, minLeafRows: 1, gaps: "averaged" },
  { trees: 30, columnShare: 0.3, minLeafRows: 1, gaps: "averaged", split: "best" },
] as const;

/**
 * Learns from the source and the target's own diagnoses together, all in all weighing alike; each target row is
 * answered by trees that did not see its diagnosis.
 * @param posterior `target rows × classCount`
 * @returns the same, out of fold
 */
export async function selfTrain(
  view: View,
  source: SourceRows,
  posterior: Float64Array,
  { seed, pool }: InferenceOptions,
): Promise<Float64Array> {
  const { classCount } = source;
  const fillers = mediansOf(view.source);
  const sourceColumns = fillGaps(view.source, fillers);
  const targetColumns = fillGaps(view.target, fillers);
  const lesson = { posterior, classCount, labelled: undefined, weight: source.rowCount, seed };
  return answerOutOfFold(lesson, async (seen, unseen, ownSeed) => {
    const known = { columns: sourceColumns, labels: source.labels, weights: source.weights };
    const samples = samplesOf([known, { columns: targetColumns, ...seen }], classCount);
    return (await pool.run({ learner: shape, samples, rows: rowsOf(targetColumns, unseen), seed: ownSeed })).answers;
  });
}

/**
 * Learns from the target's own diagnoses and labels alone: what the new environment looks like by itself. Labelled rows
 * take part in every fold and keep their labels.
 * @param columns of the target
 * @param posterior `target rows × classCount`
 * @returns the same, out of fold
 */
export async function selfTrainAlone(
  columns: readonly Float32Array[],
  classCount: number,
  posterior: Float64Array,
  labelled: LabelledTarget | undefined,
  { seed, pool }: InferenceOptions,
): Promise<Float64Array> {
  const lesson = { posterior, classCount, labelled, weight: posterior.length / classCount, seed };
  return answerOutOfFold(lesson, async (seen, unseen, ownSeed) => {
    const samples = samplesOf([{ columns, ...seen }], classCount);
    const rows = rowsOf(columns, unseen);
    const forests = await Promise.all(
      aloneShapes.map((learner) => pool.run({ learner, samples, rows, seed: ownSeed })),
    );
    const answers = new Float64Array(unseen.length * classCount);
    for (const forest of forests) {
      for (let cell = 0; cell < answers.length; cell++) answers[cell] += forest.answers[cell] / forests.length;
    }
    return answers;
  });
}
