import type { DatasetView } from "@systemhealer/contract/dataset";
import type { ModelView } from "@systemhealer/contract/model";

/** Models that can be fitted anew. Of one that does not tell whether it carries training rows, the API knows. */
export const adaptable = (models: readonly ModelView[]): ModelView[] =>
  models.filter(({ carriesSample }) => carriesSample !== false);

/** Data sets as rows of a new environment: those that were sent to be diagnosed come first. */
export const unlabelledOnly = (datasets: readonly DatasetView[]): DatasetView[] =>
  datasets.toSorted((one, other) => Number(hasClasses(one)) - Number(hasClasses(other)));

/** Data sets that tell the fault of their rows. */
export const labelledOnly = (datasets: readonly DatasetView[]): DatasetView[] => datasets.filter(hasClasses);

function hasClasses(dataset: DatasetView): boolean {
  return dataset.status === "ready" && dataset.classes.length > 0;
}
