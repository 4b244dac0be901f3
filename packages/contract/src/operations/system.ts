import { z } from "zod";
import { type Operation, operation } from "./operation.ts";

export const systemOperations = {
  getOpenApi: operation({
    method: "GET",
    path: "/v1/openapi.json",
    summary: "This table as an OpenAPI document.",
    role: null,
    target: "api",
    status: 200,
    output: z.record(z.string(), z.unknown()),
    problems: [],
  }),
} as const satisfies Record<string, Operation>;
