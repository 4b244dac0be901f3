import { mostProbable } from "../metrics/most-probable.ts";
import type { ResultsWriter } from "../table/results-csv.ts";
import type { DiagnosisAccumulator } from "./diagnosis-accumulator.ts";
import { expectProbabilities } from "./expect-probabilities.ts";
import type { PredictedBatch } from "./predict-batches.ts";
import { otherLabels, type ReadingPlan } from "./row-batches.ts";

/**
 * Writes the rows of a batch, and sums them up.
 * @param limit rows of a greater novelty are unknown; undefined where the model does not tell
 * @throws ModelFileError `bad-probabilities` where the model's answers are none
 */
export function addBatch(
  { batch, probabilities, novelty }: PredictedBatch,
  limit: number | undefined,
  { classes, matched, featureCount }: ReadingPlan,
  writer: ResultsWriter,
  accumulator: DiagnosisAccumulator,
): void {
  const width = classes.length;
  expectProbabilities(probabilities, batch.rowCount, width);
  const diagnoses = mostProbable(probabilities.subarray(0, batch.rowCount * width), width);
  const hasIds = matched.id >= 0;
  const noId = new Uint8Array(0);
  const judged = {
    diagnosis: -1,
    node: null as string | null,
    unknown: false,
    probabilities,
    probabilityOffset: 0,
    time: Number.NaN,
  };
  let idStart = 0;
  for (let row = 0; row < batch.rowCount; row++) {
    const diagnosis = diagnoses[row];
    const confidence = probabilities[row * width + diagnosis];
    const label = batch.labels[row];
    const id = hasIds ? batch.ids.subarray(idStart, batch.idEnds[row]) : noId;
    idStart = batch.idEnds[row];
    const number = batch.firstRow + row;
    const score = novelty?.[row];
    const unknown = score === undefined || limit === undefined ? undefined : score > limit;
    const node = matched.node < 0 ? null : (batch.placeNames[batch.places[row]] ?? null);
    judged.diagnosis = diagnosis;
    judged.node = node;
    judged.unknown = unknown ?? false;
    judged.probabilityOffset = row * width;
    judged.time = batch.times[row] ?? Number.NaN;
    const verdict = accumulator.judgeRow(judged, batch.values, row * featureCount);
    writer.addRow(number, id, diagnosis, probabilities, row * width, score, unknown, verdict);
    accumulator.sampleRow(number, diagnosis, batch.values, row * featureCount);
    const name = label < 0 ? undefined : (batch.labelNames[label] ?? otherLabels);
    accumulator.addRow(diagnosis, confidence, name, id, unknown);
    if (accumulator.wantsPoint(number)) {
      accumulator.addPoint({
        row: number,
        id: hasIds ? id : undefined,
        diagnosis,
        unknown: unknown ?? false,
        probabilities,
        probabilityOffset: row * width,
        novelty: score,
        values: batch.values,
        valueOffset: row * featureCount,
      });
    }
  }
}
