import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { ApiError, ConnectionError, createClient } from "@systemhealer/contract/client";
import { afterEach, describe, expect, it } from "vitest";

let server: Server | undefined;

async function serve(
  answer: (request: IncomingMessage, response: ServerResponse, body: string) => void,
): Promise<string> {
  server = createServer(async (request, response) => {
    let body = "";
    for await (const chunk of request) body += chunk;
    answer(request, response, body);
  });
  await new Promise<void>((resolve) => server!.listen(0, "127.0.0.1", resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

afterEach(async () => {
  server?.closeAllConnections();
  await new Promise((resolve) => (server ? server.close(resolve) : resolve(undefined)));
  server = undefined;
});

const options = { token: async () => "the-token", retryDelays: [1, 1, 1] };
const problem = {
  type: "about:blank",
  title: "Conflict",
  status: 409,
  detail: "Data set x is used by run-1.",
  code: "dataset-in-use",
  parameters: { id: "x", user: "run-1" },
};

describe("the client", () => {
  it("sends path, query, body, language and token", async () => {
    const seen: unknown[] = [];
    const baseUrl = await serve((request, response, body) => {
      seen.push([request.method, request.url, request.headers.authorization, request.headers["accept-language"], body]);
      response.end("{}");
    });
    const client = createClient({ ...options, baseUrl, language: "zh" });
    await client.call("getRun", { runId: "run/1" });
    await client.call("listRuns", { query: { limit: 3, kind: "training" } });
    await client.call("diagnoseRows", { body: { rows: [{ a: 1, b: null }] } });
    expect(seen).toEqual([
      ["GET", "/v1/runs/run%2F1", "Bearer the-token", "zh", ""],
      ["GET", "/v1/runs?limit=3&kind=training", "Bearer the-token", "zh", ""],
      ["POST", "/v1/diagnoses", "Bearer the-token", "zh", '{"rows":[{"a":1,"b":null}]}'],
    ]);
  });

  it("throws the API's problem", async () => {
    const baseUrl = await serve((_, response) => {
      response.writeHead(409, { "content-type": "application/problem+json" }).end(JSON.stringify(problem));
    });
    const refused = createClient({ ...options, baseUrl }).call("deleteDataset", { datasetId: "x" });
    await expect(refused).rejects.toThrow(ApiError);
    await expect(refused).rejects.toMatchObject({ problem, message: problem.detail });
  });

  it("makes a problem of an answer that is none", async () => {
    const baseUrl = await serve((_, response) => response.writeHead(401).end('{"message":"Unauthorized"}'));
    await expect(createClient({ ...options, baseUrl }).call("getSession", {})).rejects.toMatchObject({
      problem: { status: 401, code: "unauthorized" },
    });
  });

  it.each([
    [413, '{"message":"Request Entity Too Large"}', "request-too-large", "larger"],
    [429, '{"message":"Too Many Requests"}', "too-many-requests", "Too many"],
    [500, "<h1>Error</h1>", "answer-unreadable", "status 500"],
    [503, '{"message":"Service Unavailable"}', "unavailable", "at the moment"],
  ])("says a refusal with status %i that is not the API's in words, not as it came", async (...given) => {
    const [status, answer, code, words] = given;
    const baseUrl = await serve((_, response) => response.writeHead(status).end(answer));
    const refused = createClient({ ...options, baseUrl }).call("getSession", {});
    await expect(refused).rejects.toMatchObject({ problem: { status, code, parameters: { status, answer } } });
    await expect(refused).rejects.toThrow(words);
    const inChinese = createClient({ ...options, baseUrl, language: "zh" }).call("getSession", {});
    await expect(inChinese).rejects.toThrow(/[。]$/);
  });

  it("repeats a GET that was turned away for the moment", async () => {
    let calls = 0;
    const baseUrl = await serve((_, response) => {
      calls++;
      if (calls < 3) response.writeHead(503).end();
      else response.end('{"items":[]}');
    });
    expect(await createClient({ ...options, baseUrl }).call("listModels", {})).toEqual({ items: [] });
    expect(calls).toBe(3);
  });

  it.each([400, 403, 404, 409, 500])("does not repeat a GET that was answered by %d", async (status) => {
    let calls = 0;
    const baseUrl = await serve((_, response) => {
      calls++;
      response.writeHead(status).end();
    });
    await expect(createClient({ ...options, baseUrl }).call("listModels", {})).rejects.toThrow(ApiError);
    expect(calls).toBe(1);
  });

  it("does not repeat a POST", async () => {
    let calls = 0;
    const baseUrl = await serve((_, response) => {
      calls++;
      response.writeHead(503).end();
    });
    const start = createClient({ ...options, baseUrl }).call("cancelRun", { runId: "run-1" });
    await expect(start).rejects.toThrow(ApiError);
    expect(calls).toBe(1);
  });

  it("says that nobody answers, after its tries", async () => {
    let calls = 0;
    const baseUrl = await serve((request) => {
      calls++;
      request.socket.destroy();
    });
    await expect(createClient({ ...options, baseUrl }).call("listModels", {})).rejects.toThrow(ConnectionError);
    expect(calls).toBe(4);
  });

  it("stops waiting when told to", async () => {
    const baseUrl = await serve((_, response) => response.writeHead(503).end());
    const client = createClient({ ...options, baseUrl, retryDelays: [60_000] });
    await expect(client.call("listModels", {}, { signal: AbortSignal.timeout(50) })).rejects.toMatchObject({
      name: "TimeoutError",
    });
  });
});
