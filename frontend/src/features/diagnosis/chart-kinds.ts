/** Drawn of the counts of all rows. */
export const summaryKinds = ["bar", "pie"] as const;
/** Drawn of rows that were taken at random. */
export const sampleKinds = ["scatter", "confidence", "deviation", "parallel"] as const;

export type SampleChartKind = (typeof sampleKinds)[number];
/** Ways to draw the result of a diagnosis. */
export type ResultChartKind = (typeof summaryKinds)[number] | SampleChartKind;

export const isSampleKind = (kind: ResultChartKind): kind is SampleChartKind =>
  (sampleKinds as readonly string[]).includes(kind);
