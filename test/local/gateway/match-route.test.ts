import { expect, test } from "vitest";
import type { Route } from "../../../local/gateway/http-api.ts";
import { matchRoute } from "../../../local/gateway/match-route.ts";

const routes = [
  "$default",
  "ANY /v1/{proxy+}",
  "GET /v1/runs",
  "GET /v1/runs/{runId}",
  "GET /v1/runs/newest",
  "ANY /v1/runs/{runId}",
  "POST /v1/runs/{runId}/cancel",
].map((key): Route => ({ key, functionName: "f", timeoutMilliseconds: 1 }));

test.each([
  ["GET", "/v1/runs", "GET /v1/runs", {}],
  ["GET", "/v1/runs/run-1", "GET /v1/runs/{runId}", { runId: "run-1" }],
  ["GET", "/v1/runs/newest", "GET /v1/runs/newest", {}],
  ["DELETE", "/v1/runs/run-1", "ANY /v1/runs/{runId}", { runId: "run-1" }],
  ["POST", "/v1/runs/run%2F1/cancel", "POST /v1/runs/{runId}/cancel", { runId: "run/1" }],
  ["GET", "/v1/other/thing", "ANY /v1/{proxy+}", { proxy: "other/thing" }],
  ["GET", "/v1/runs/", "ANY /v1/{proxy+}", { proxy: "runs/" }],
  ["GET", "/", "$default", {}],
])("%s %s goes to %s", (method, path, key, pathParameters) => {
  const match = matchRoute(routes, method, path);
  expect(match?.route.key).toBe(key);
  expect(match?.pathParameters).toEqual(pathParameters);
});

test("a path that no route knows has no match", () => {
  expect(matchRoute(routes.slice(2), "GET", "/v2/runs")).toBeUndefined();
  expect(matchRoute(routes.slice(2), "PUT", "/v1/runs")).toBeUndefined();
});
