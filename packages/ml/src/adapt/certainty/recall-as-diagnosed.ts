/**
 * Mean recall of the source's classes, each weighing as often as it was diagnosed in the target.
 * @param answers class index per source row
 * @param labels class index per source row
 * @param diagnoses class index per target row
 * @returns 0 to 1; a class that the source does not have counts 0
 */
export function recallAsDiagnosed(
  answers: Int32Array,
  labels: Int32Array,
  diagnoses: Int32Array,
  classCount: number,
): number {
  const rows = new Int32Array(classCount);
  const right = new Int32Array(classCount);
  for (const [row, label] of labels.entries()) {
    rows[label]++;
    if (answers[row] === label) right[label]++;
  }
  let sum = 0;
  for (const diagnosis of diagnoses) sum += right[diagnosis] / Math.max(1, rows[diagnosis]);
  return sum / Math.max(1, diagnoses.length);
}
