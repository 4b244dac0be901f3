import { useInfiniteQuery } from "@tanstack/react-query";
import { useQueries } from "../lib/use-queries.ts";
import { type DatasetOption, useDatasetOptions } from "./use-dataset-options.ts";

export interface ReadyDatasets {
  readonly options: readonly DatasetOption[];
  readonly isPending: boolean;
  /** Whether a newer answer is on its way. */
  readonly isFetching: boolean;
  readonly error: Error | null;
}

const mostListed = 100;

/** Checked data sets to choose from: those that were sent to be diagnosed come first. */
export function useReadyDatasets(): ReadyDatasets {
  const toOptions = useDatasetOptions();
  const { data, isPending, isFetching, error } = useInfiniteQuery(useQueries().datasets("ready", mostListed));
  const datasets = data?.pages.flatMap(({ items }) => items) ?? [];
  const sorted = datasets.toSorted(
    (one, other) => Number(other.purpose === "diagnosis") - Number(one.purpose === "diagnosis"),
  );
  return { options: toOptions(sorted), isPending, isFetching, error };
}
