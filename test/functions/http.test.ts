import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { answerOf, call, httpEvent, type TestSystem, testSystem } from "./fixtures/test-system.ts";

describe("the API's manners", () => {
  let system: TestSystem;
  let api: typeof import("../../functions/api/main.ts").handler;
  beforeAll(async () => {
    system = await testSystem();
    api = (await import("../../functions/api/main.ts")).handler;
  });
  afterAll(() => system.close());

  it("tells who is signed in", async () => {
    const { status, headers, body } = await call(api, "getSession", {}, { groups: "[viewer admin]" });
    expect([status, body.role, body.workspaceId, body.email]).toEqual([200, "admin", "w-test", "user@example.com"]);
    expect(body.drops.trainPrefix).toBe("drops/w-test/train/");
    expect(headers).toMatchObject({ "cache-control": "no-store", "x-content-type-options": "nosniff" });
    expect(await system.workspaces.find("w-test")).toMatchObject({ activeModelId: null });
  });

  it("refuses users without workspace or role, and roles that are too low", async () => {
    const refused = (options: object) => call(api, "listRuns", {}, options);
    expect(await refused({ workspaceId: null })).toMatchObject({ status: 403, body: { code: "no-workspace" } });
    expect(await refused({ workspaceId: "../x" })).toMatchObject({ status: 403 });
    expect(await refused({ groups: null })).toMatchObject({ status: 403, body: { code: "role-too-low" } });
    expect(await refused({ groups: "[stranger]" })).toMatchObject({ status: 403 });
    for (const groups of ["[administrator]", "[x,admin]", "[admin,x viewers]", "[[admin]]", "admins"])
      expect(await refused({ groups })).toMatchObject({ status: 403, body: { code: "role-too-low" } });
    expect((await refused({ groups: "[viewer]" })).status).toBe(200);
    const order = { datasetId: "ds-01ARZ3NDEKTSV4RRFFQ69G5FAV" };
    const viewer = await call(api, "createTrainingRun", { body: order }, { groups: "[viewer]" });
    expect(viewer.body).toMatchObject({ code: "role-too-low", parameters: { needed: "operator", held: "viewer" } });
  });

  it("names every fault of the input, in the reader's language", async () => {
    const body = { fileName: "", purpose: "dancing", sizeBytes: -1 } as never;
    const { status, headers, body: problem } = await call(api, "createDataset", { body }, { language: "zh-CN" });
    expect(status).toBe(400);
    expect(headers["content-type"]).toMatch("application/problem+json");
    expect(problem).toMatchObject({ title: "Bad Request", status: 400, code: "input-invalid", requestId: "request-1" });
    const pointers = problem.errors.map(({ pointer }: { pointer: string }) => pointer).sort();
    expect(pointers).toEqual(["/body/fileName", "/body/purpose", "/body/sizeBytes"]);
    expect(problem.detail).toMatch(/请求不符合要求/);
    const query = await call(api, "listRuns", { query: { limit: 1000 } });
    expect(query.body.errors).toMatchObject([{ pointer: "/query/limit" }]);
    const path = await call(api, "getRun", { runId: "no-run" });
    expect(path.body.errors).toMatchObject([{ pointer: "/path/runId" }]);
  });

  it("refuses bodies that are no JSON or too large, cursors of other lists, and unknown routes", async () => {
    const post = async (body: string) => answerOf(await api(httpEvent("POST /v1/datasets", { body })));
    expect((await post("{")).body.code).toBe("body-not-json");
    expect((await post(JSON.stringify("x".repeat(300_000)))).body.code).toBe("body-too-large");
    const cursor = await call(api, "listRuns", { query: { cursor: "x" } });
    expect(cursor).toMatchObject({ status: 400, body: { code: "cursor-unreadable" } });
    const unknown = answerOf(await api(httpEvent("GET /v1/nothing")));
    expect(unknown).toMatchObject({ status: 404, body: { code: "route-unknown" } });
  });

  it("does not send a client's own long keys back", async () => {
    const { createRouter } = await import("../../functions/http/router.ts");
    const { createLogger } = await import("@systemhealer/platform/logger");
    const diagnoseRows = async () => ({ modelId: "", classes: [], columns: { missing: [], unknown: [] }, rows: [] });
    const options = { services: () => undefined, logger: createLogger("test"), maxBodyBytes: 10_000_000 };
    const router = createRouter({ diagnoseRows }, options);
    const body = JSON.stringify({ rows: [{ ["k".repeat(2_000_000)]: "x" }] });
    const refused = answerOf(await router(httpEvent("POST /v1/diagnoses", { body })));
    expect(refused).toMatchObject({ status: 400, body: { code: "input-invalid" } });
    expect(JSON.stringify(refused.body).length).toBeLessThan(5_000);
  });

  it("refuses a body in which more is wrong than can be listed", async () => {
    const { createRouter } = await import("../../functions/http/router.ts");
    const { createLogger } = await import("@systemhealer/platform/logger");
    const diagnoseRows = async () => ({ modelId: "", classes: [], columns: { missing: [], unknown: [] }, rows: [] });
    const options = { services: () => undefined, logger: createLogger("test"), maxBodyBytes: 10_000_000 };
    const router = createRouter({ diagnoseRows }, options);
    const row = Object.fromEntries(Array.from({ length: 160_000 }, (_, kpi) => [`k${kpi}`, "x"]));
    const body = JSON.stringify({ rows: [row] });
    const refused = answerOf(await router(httpEvent("POST /v1/diagnoses", { body })));
    expect(refused).toMatchObject({ status: 400, body: { code: "input-invalid" } });
    expect(refused.body.errors).toHaveLength(50);
    expect(refused.body.errors[0]).toMatchObject({ pointer: "/body/rows/0/k0" });
  });

  it("says so where an answer is too large to be sent", async () => {
    const { createRouter } = await import("../../functions/http/router.ts");
    const { createLogger } = await import("@systemhealer/platform/logger");
    const options = { services: () => undefined, logger: createLogger("test"), maxBodyBytes: 10_000_000 };
    const answerWith = (unknown: string) => {
      const columns = { missing: [], unknown: [unknown] };
      const modelId = "mdl-01ARZ3NDEKTSV4RRFFQ69G5FAV";
      return createRouter({ diagnoseRows: async () => ({ modelId, classes: [], columns, rows: [] }) }, options);
    };
    const body = JSON.stringify({ rows: [{ cpu: 1 }] });
    const status = async (unknown: string) => {
      return answerOf(await answerWith(unknown)(httpEvent("POST /v1/diagnoses", { body })));
    };
    expect(await status("k".repeat(6_000_000))).toMatchObject({ status: 200 });
    expect(await status("k".repeat(6_300_000))).toMatchObject({ status: 400, body: { code: "answer-too-large" } });
    // Each is two bytes in the body and four in what Lambda hands on.
    expect(await status('"'.repeat(2_000_000))).toMatchObject({ status: 400, body: { code: "answer-too-large" } });
  });

  it("never shows what went wrong inside", async () => {
    process.env.AWS_ENDPOINT_URL_DYNAMODB = "http://127.0.0.1:1";
    const { recordStores } = await import("@systemhealer/platform/record-stores");
    const { createRouter } = await import("../../functions/http/router.ts");
    const { getRun } = await import("../../functions/api/operations/get-run.ts");
    const { createLogger } = await import("@systemhealer/platform/logger");
    const broken = createRouter(
      { getRun },
      {
        services: () => recordStores("no-table") as never,
        logger: createLogger("test"),
        maxBodyBytes: 10,
      },
    );
    const { status, body } = await call(broken, "getRun", { runId: "run-01ARZ3NDEKTSV4RRFFQ69G5FAV" });
    expect(status).toBe(500);
    expect(body).toEqual({
      type: "about:blank",
      title: "Internal Server Error",
      status: 500,
      code: "internal",
      detail: expect.any(String),
      parameters: {},
      requestId: "request-1",
    });
  });

  it("tells anyone how to sign in", async () => {
    const { status, body } = await call(api, "getConfig", {}, { groups: null, workspaceId: null });
    expect([status, body]).toEqual([
      200,
      {
        apiUrl: "/",
        region: "eu-central-1",
        userPoolId: "eu-central-1_Pool1",
        userPoolClientId: "client-1",
        cognitoEndpoint: "https://cognito-idp.eu-central-1.amazonaws.com",
      },
    ]);
  });

  it("hands out its description to anyone", async () => {
    const { status, body } = await call(api, "getOpenApi", {}, { groups: null, workspaceId: null });
    expect([status, body.openapi]).toEqual([200, expect.stringMatching(/^3\./)]);
  });
});
