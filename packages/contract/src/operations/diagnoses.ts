import { z } from "zod";
import { Download, diagnosisArtefactNames } from "../artefact.ts";
import { DiagnosisSummary, RowsDiagnosis, SampleRow } from "../diagnosis.ts";
import { DiagnosisSample } from "../diagnosis-sample.ts";
import { ModelId } from "../ids.ts";
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
      rows: z.array(SampleRow).min(1),
      /** Why each row was diagnosed so; for 20 rows at most. */
      explain: z.boolean().optional(),
    }),
    status: 200,
    output: RowsDiagnosis,
    problems: ["invalid", "not-found", "conflict"],
  }),
  getRunSummary: operation({
    method: "GET",
    path: "/v1/runs/{runId}/summary",
    summary: "The summary of a finished diagnosis, to read before the download.",
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
    summary: "Rows of a finished diagnosis drawn at random, for charts.",
    role: "viewer",
    target: "api",
    pathParameters: runPath,
    status: 200,
    output: DiagnosisSample,
    problems: ["not-found", "conflict"],
  }),
  downloadRun: operation({
    method: "POST",
    path: "/v1/runs/{runId}/downloads",
    summary: "A short-lived address of a result of a finished diagnosis.",
    role: "viewer",
    target: "api",
    pathParameters: runPath,
    body: z.object({ artefact: z.enum(diagnosisArtefactNames) }),
    status: 201,
    output: Download,
    problems: ["invalid", "not-found", "conflict"],
  }),
} as const satisfies Record<string, Operation>;
