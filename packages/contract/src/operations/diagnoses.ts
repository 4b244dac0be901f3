import { z } from "zod";
import { AnomalyThreshold } from "../anomalies.ts";
import { adaptationArtefactNames, clusteringArtefactNames, Download, diagnosisArtefactNames } from "../artefact.ts";
import { DiagnosisSummary, RowsDiagnosis } from "../diagnosis.ts";
import { DiagnosisSample } from "../diagnosis-sample.ts";
import { ModelId } from "../ids.ts";
import { ResultsPage } from "../results-page.ts";
import { SampleRows } from "../sample-rows.ts";
import { type Operation, operation, runPath } from "./operation.ts";

export const diagnosisOperations = {
  diagnoseRows: operation({
    method: "POST",
    path: "/v1/diagnoses",
    summary: "Diagnose one row or a small batch at once, with the active model unless another is named.",
    role: "operator",
    target: "inference",
    body: z.object({
      modelId: ModelId.optional(),
      rows: SampleRows,
      /** Why each row was diagnosed so; for 20 rows at most. */
      explain: z.boolean().optional(),
      /** Standard deviations from the mean beyond which a KPI strays; default 3. */
      anomalyThreshold: AnomalyThreshold.optional(),
    }),
    status: 200,
    output: RowsDiagnosis,
    problems: ["invalid", "not-found", "conflict"],
  }),
  getRunSummary: operation({
    method: "GET",
    path: "/v1/runs/{runId}/summary",
    summary: "The summary of a finished diagnosis or adaptation, to read before the download.",
    role: "viewer",
    target: "api",
    pathParameters: runPath,
    status: 200,
    output: DiagnosisSummary,
    problems: ["not-found", "conflict"],
  }),
  getRunSample: operation({
    method: "GET",
    path: "/v1/runs/{runId}/sample",
    summary: "Rows of a finished diagnosis or adaptation drawn at random, for charts.",
    role: "viewer",
    target: "api",
    pathParameters: runPath,
    status: 200,
    output: DiagnosisSample,
    problems: ["not-found", "conflict"],
  }),
  getRunResults: operation({
    method: "GET",
    path: "/v1/runs/{runId}/results",
    summary:
      "Rows of a finished diagnosis or adaptation with their probabilities, a page at a time; filters look at 8 MiB of them a call.",
    role: "viewer",
    target: "api",
    pathParameters: runPath,
    query: z.object({
      /** Row of the file from which on rows are looked at, from 0; the answer's `nextOffset` goes on. */
      offset: z.coerce.number().int().min(0).default(0),
      limit: z.coerce.number().int().min(1).max(200).default(50),
      /** Only rows diagnosed so. */
      class: z.string().max(1_000).optional(),
      minConfidence: z.coerce.number().min(0).max(1).optional(),
      maxConfidence: z.coerce.number().min(0).max(1).optional(),
      /** Part of the id, or the number of the row. */
      search: z.string().min(1).max(200).optional(),
      /** Only rows that the model takes for unknown, or only the others. */
      unknown: z.stringbool({ truthy: ["true"], falsy: ["false"] }).optional(),
      /** Only rows whose KPIs stray from their means, or only the others. */
      anomalous: z.stringbool({ truthy: ["true"], falsy: ["false"] }).optional(),
    }),
    status: 200,
    output: ResultsPage,
    problems: ["invalid", "not-found", "conflict"],
  }),
  downloadRun: operation({
    method: "POST",
    path: "/v1/runs/{runId}/downloads",
    summary: "A short-lived address of a result of a finished diagnosis, search for groups or adaptation.",
    role: "viewer",
    target: "api",
    pathParameters: runPath,
    body: z.object({
      artefact: z.enum([...diagnosisArtefactNames, ...clusteringArtefactNames, ...adaptationArtefactNames]),
    }),
    status: 201,
    output: Download,
    problems: ["invalid", "not-found", "conflict"],
  }),
} as const satisfies Record<string, Operation>;
