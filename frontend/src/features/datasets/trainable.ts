import type { DatasetView } from "@systemhealer/contract/dataset";

/** Those of the data sets that can be trained on: checked, and with fault classes. */
export const trainable = (datasets: readonly DatasetView[]): DatasetView[] =>
  datasets.filter((dataset) => dataset.status === "ready" && dataset.classes.length > 0);
