import type { Client } from "@systemhealer/contract/client";
import type { DatasetPurpose, DatasetStatus, DatasetView } from "@systemhealer/contract/dataset";
import type { SampleRow } from "@systemhealer/contract/diagnosis";
import type { RunKind, RunStatus, RunView } from "@systemhealer/contract/run";
import { infiniteQueryOptions, keepPreviousData, queryOptions } from "@tanstack/react-query";
import { isGone } from "./is-gone.ts";

/** How often what is still moving is asked for again, in milliseconds. */
const followMilliseconds = 1_000;
const listMilliseconds = 5_000;
/** Another browser may change them; looked at again when somebody comes back to the window. */
const preferencesMilliseconds = 10_000;
const queueMilliseconds = 2_000;
/** Of a hundred each: models are searched and sorted in the page. */
const maxModelPages = 5;
export const histogramsPerPage = 6;

/** What is left out is not asked for. */
export interface AuditFilter {
  readonly actor?: string;
  readonly operation?: string;
}
const auditPerPage = 25;

/** What is left out is not asked for. */
export interface RunFilter {
  readonly kind?: RunKind;
  readonly status?: RunStatus;
  readonly tag?: string;
  readonly search?: string;
}

export function isMoving(record: DatasetView | RunView | undefined): boolean {
  return record !== undefined && ["uploading", "validating", "queued", "running"].includes(record.status);
}

/** Every read of the API that a page can make, with the key it is kept under. */
export function queries(client: Client) {
  return {
    session: () =>
      queryOptions({
        queryKey: ["session"],
        queryFn: ({ signal }) => client.call("getSession", {}, { signal }),
      }),
    preferences: () =>
      queryOptions({
        queryKey: ["preferences"],
        queryFn: ({ signal }) => client.call("getPreferences", {}, { signal }),
        staleTime: preferencesMilliseconds,
      }),
    datasets: (status: DatasetStatus, limit = 25, purpose?: DatasetPurpose) =>
      infiniteQueryOptions({
        queryKey: ["datasets", status, limit, purpose],
        queryFn: ({ signal, pageParam }) => {
          const query = { status, limit, ...(pageParam && { cursor: pageParam }), ...(purpose && { purpose }) };
          return client.call("listDatasets", { query }, { signal });
        },
        initialPageParam: "",
        getNextPageParam: (page) => page.nextCursor,
        refetchInterval: ({ state }) =>
          state.data?.pages.some(({ items }) => items.some(isMoving)) ? followMilliseconds : listMilliseconds,
      }),
    dataset: (datasetId: string) =>
      queryOptions({
        queryKey: ["dataset", datasetId],
        queryFn: ({ signal }) => client.call("getDataset", { datasetId }, { signal }),
        refetchInterval: ({ state }) => isMoving(state.data) && followMilliseconds,
      }),
    datasetProfile: (datasetId: string) =>
      queryOptions({
        queryKey: ["dataset", datasetId, "profile"],
        queryFn: ({ signal }) => client.call("getDatasetProfile", { datasetId }, { signal }),
        staleTime: Number.POSITIVE_INFINITY,
      }),
    datasetHistograms: (datasetId: string, search: string, offset: number) =>
      queryOptions({
        queryKey: ["dataset", datasetId, "histograms", search, offset],
        queryFn: ({ signal }) => {
          const query = { offset, limit: histogramsPerPage, ...(search && { search }) };
          return client.call("getDatasetHistograms", { datasetId, query }, { signal });
        },
        staleTime: Number.POSITIVE_INFINITY,
        placeholderData: keepPreviousData,
      }),
    datasetPreview: (datasetId: string) =>
      queryOptions({
        queryKey: ["dataset", datasetId, "preview"],
        queryFn: ({ signal }) => client.call("getDatasetPreview", { datasetId, query: { rows: 20 } }, { signal }),
        staleTime: Number.POSITIVE_INFINITY,
      }),
    datasetReport: (datasetId: string) =>
      queryOptions({
        queryKey: ["dataset", datasetId, "report"],
        queryFn: ({ signal }) => client.call("getDatasetReport", { datasetId }, { signal }),
        staleTime: Number.POSITIVE_INFINITY,
      }),
    runs: (filter: RunFilter = {}, limit = 25) =>
      infiniteQueryOptions({
        queryKey: ["runs", filter, limit],
        queryFn: ({ signal, pageParam }) => {
          const query = { limit, ...filter, ...(pageParam && { cursor: pageParam }) };
          return client.call("listRuns", { query }, { signal });
        },
        initialPageParam: "",
        getNextPageParam: (page) => page.nextCursor,
        refetchInterval: ({ state }) =>
          state.data?.pages.some(({ items }) => items.some(isMoving)) ? followMilliseconds : listMilliseconds,
      }),
    run: (runId: string) =>
      queryOptions({
        queryKey: ["run", runId],
        queryFn: ({ signal }) => client.call("getRun", { runId }, { signal }),
        refetchInterval: ({ state }) => isMoving(state.data) && followMilliseconds,
      }),
    /** A run that begins by itself; null as long as it is not there. */
    expectedRun: (runId: string) =>
      queryOptions({
        queryKey: ["run", runId, "expected"],
        queryFn: async ({ signal }): Promise<RunView | null> => {
          try {
            return await client.call("getRun", { runId }, { signal });
          } catch (error) {
            if (isGone(error)) return null;
            throw error;
          }
        },
        refetchInterval: ({ state }) => (state.data ? isMoving(state.data) : true) && followMilliseconds,
      }),
    /** The latest diagnoses, newest first. */
    latestDiagnoses: () =>
      queryOptions({
        queryKey: ["runs", "diagnoses"],
        queryFn: async ({ signal }) => {
          const { items } = await client.call("listRuns", { query: { kind: "diagnosis", limit: 50 } }, { signal });
          return items;
        },
        refetchInterval: listMilliseconds,
      }),
    runQueue: (runId: string) =>
      queryOptions({
        queryKey: ["run", runId, "queue"],
        queryFn: ({ signal }) => client.call("getRunQueue", { runId }, { signal }),
        refetchInterval: queueMilliseconds,
      }),
    runSummary: (runId: string) =>
      queryOptions({
        queryKey: ["run", runId, "summary"],
        queryFn: ({ signal }) => client.call("getRunSummary", { runId }, { signal }),
        staleTime: Number.POSITIVE_INFINITY,
      }),
    runSample: (runId: string) =>
      queryOptions({
        queryKey: ["run", runId, "sample"],
        queryFn: ({ signal }) => client.call("getRunSample", { runId }, { signal }),
        staleTime: Number.POSITIVE_INFINITY,
      }),
    runAdaptation: (runId: string) =>
      queryOptions({
        queryKey: ["run", runId, "adaptation"],
        queryFn: ({ signal }) => client.call("getRunAdaptation", { runId }, { signal }),
        staleTime: Number.POSITIVE_INFINITY,
      }),
    runClusters: (runId: string) =>
      queryOptions({
        queryKey: ["run", runId, "clusters"],
        queryFn: ({ signal }) => client.call("getRunClusters", { runId }, { signal }),
        staleTime: Number.POSITIVE_INFINITY,
      }),
    rowAnswer: (modelId: string, row: SampleRow, anomalyThreshold?: number) =>
      queryOptions({
        queryKey: ["model", modelId, "row", row, anomalyThreshold],
        queryFn: ({ signal }) => {
          const threshold = anomalyThreshold === undefined ? {} : { anomalyThreshold };
          return client.call(
            "diagnoseRows",
            { body: { modelId, rows: [row], explain: true, ...threshold } },
            { signal },
          );
        },
        staleTime: Number.POSITIVE_INFINITY,
      }),
    models: () =>
      infiniteQueryOptions({
        queryKey: ["models"],
        queryFn: ({ signal, pageParam }) =>
          client.call("listModels", { query: { limit: 100, ...(pageParam && { cursor: pageParam }) } }, { signal }),
        initialPageParam: "",
        getNextPageParam: (page, pages) => (pages.length < maxModelPages ? page.nextCursor : undefined),
        refetchInterval: listMilliseconds,
      }),
    modelSummary: (modelId: string) =>
      queryOptions({
        queryKey: ["model", modelId, "summary"],
        queryFn: ({ signal }) => client.call("getModelSummary", { modelId }, { signal }),
        staleTime: Number.POSITIVE_INFINITY,
      }),
    members: () =>
      infiniteQueryOptions({
        queryKey: ["members"],
        queryFn: ({ signal, pageParam }) =>
          client.call("listMembers", { query: { limit: 50, ...(pageParam && { cursor: pageParam }) } }, { signal }),
        initialPageParam: "",
        getNextPageParam: (page) => page.nextCursor,
      }),
    quotas: () =>
      queryOptions({
        queryKey: ["quotas"],
        queryFn: ({ signal }) => client.call("getQuotas", {}, { signal }),
        refetchInterval: listMilliseconds,
      }),
    audit: (filter: AuditFilter) =>
      infiniteQueryOptions({
        queryKey: ["audit", filter],
        queryFn: ({ signal, pageParam }) => {
          const query = { limit: auditPerPage, ...filter, ...(pageParam && { cursor: pageParam }) };
          return client.call("listAudit", { query }, { signal });
        },
        initialPageParam: "",
        getNextPageParam: (page) => page.nextCursor,
        placeholderData: keepPreviousData,
      }),
    model: (modelId: string) =>
      queryOptions({
        queryKey: ["model", modelId],
        queryFn: ({ signal }) => client.call("getModel", { modelId }, { signal }),
      }),
  };
}
