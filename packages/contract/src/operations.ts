import type { z } from "zod";
import { datasetOperations } from "./operations/datasets.ts";
import { diagnosisOperations } from "./operations/diagnoses.ts";
import { modelOperations } from "./operations/models.ts";
import type { Operation } from "./operations/operation.ts";
import { runOperations } from "./operations/runs.ts";
import { systemOperations } from "./operations/system.ts";
import { workspaceOperations } from "./operations/workspace.ts";

export { SignedRequest, UploadPlan } from "./operations/datasets.ts";
export type { Operation } from "./operations/operation.ts";

/** Everything that the API can do, by name; the parts are in `operations/`, by subject. */
export const operations = {
  ...workspaceOperations,
  ...datasetOperations,
  ...runOperations,
  ...diagnosisOperations,
  ...modelOperations,
  ...systemOperations,
} as const satisfies Record<string, Operation>;

export type OperationName = keyof typeof operations;
type Of<N extends OperationName> = (typeof operations)[N];
type BodyOf<N extends OperationName, Side extends "input" | "output"> = Of<N>["body"] extends infer B extends z.ZodType
  ? { body: Side extends "input" ? z.input<B> : z.output<B> }
  : unknown;

/** An empty object schema says `Record<string, never>`, which would forbid the other fields. */
type Fields<T> = string extends keyof T ? unknown : T;

/** What a caller of the operation hands over. */
export type OperationInput<N extends OperationName> = Fields<z.input<Of<N>["pathParameters"]>> & {
  query?: z.input<Of<N>["query"]>;
} & BodyOf<N, "input">;
/** What a handler of the operation is given, after parsing. */
export type ParsedInput<N extends OperationName> = {
  path: z.output<Of<N>["pathParameters"]>;
  query: z.output<Of<N>["query"]>;
} & BodyOf<N, "output">;
export type OperationOutput<N extends OperationName> = Of<N>["output"] extends infer O extends z.ZodType
  ? z.output<O>
  : undefined;
