import { z } from "zod";
import { Installation } from "../installation.ts";
import { type Operation, operation } from "./operation.ts";

export const systemOperations = {
  getConfig: operation({
    method: "GET",
    path: "/v1/config",
    summary: "How to sign in: region, user pool and client.",
    role: null,
    target: "api",
    status: 200,
    output: Installation,
    problems: [],
  }),
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
