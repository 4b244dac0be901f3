import { join } from "node:path";
import { exportJWK, generateKeyPair, type JWTPayload, SignJWT } from "jose";
import { beforeAll, expect, onTestFinished, test } from "vitest";
import { createGateway } from "../../../local/gateway/gateway.ts";
import type { HttpApiDefinition } from "../../../local/gateway/http-api.ts";
import { FunctionPool } from "../../../local/lambda/function-pool.ts";
import { LogFile } from "../../../local/process/log-file.ts";
import { openPort } from "../../../local/process/open-port.ts";
import { temporaryFolder } from "../temporary-folder.ts";

const issuer = "https://cognito-idp.us-east-1.amazonaws.com/us-east-1_pool";
const authorizer = { issuer, audience: ["client"], scopes: [] };
const route = { functionName: "answer", timeoutMilliseconds: 20_000 };
const api: HttpApiDefinition = {
  apiId: "api1",
  routes: [
    { key: "POST /echo/{id}", ...route },
    { key: "GET /mine", ...route, authorizer },
    { key: "GET /slow", ...route, timeoutMilliseconds: 300 },
    { key: "GET /how/{how}", ...route },
  ],
  cors: {
    allowOrigins: ["http://127.0.0.1:4400"],
    allowMethods: ["GET", "POST"],
    allowHeaders: ["authorization", "content-type"],
    exposeHeaders: ["retry-after"],
    maxAgeSeconds: 3600,
    allowCredentials: false,
  },
};

let signing: Awaited<ReturnType<typeof generateKeyPair>>;
let other: Awaited<ReturnType<typeof generateKeyPair>>;
beforeAll(async () => {
  signing = await generateKeyPair("RS256");
  other = await generateKeyPair("RS256");
});

async function startGateway(changes: Partial<HttpApiDefinition> = {}): Promise<string> {
  const folder = temporaryFolder();
  const pool = new FunctionPool(
    {
      name: "answer",
      arn: "arn:aws:lambda:us-east-1:000000000000:function:answer",
      codeDirectory: join(import.meta.dirname, "..", "fixtures", "functions"),
      handler: "answer.handler",
      timeoutSeconds: 20,
      memoryMegabytes: 128,
      maxEnvironments: 2,
      variables: {},
    },
    new LogFile(join(folder, "log")),
  );
  const keys = { keys: [{ ...(await exportJWK(signing.publicKey)), kid: "k", alg: "RS256" }] };
  const port = await openPort(0);
  port.serve(
    createGateway({
      api: { ...api, ...changes },
      functionOf: () => pool,
      keysOf: (asked) => (asked === issuer ? keys : undefined),
    }),
  );
  onTestFinished(async () => {
    pool.stop();
    await port.close(100);
  });
  return port.url;
}

function token(claims: JWTPayload = {}, key = signing.privateKey): Promise<string> {
  const now = Math.floor(Date.now() / 1000);
  const payload = { iss: issuer, aud: "client", exp: now + 60, iat: now, sub: "u", token_use: "id", ...claims };
  return new SignJWT(payload).setProtectedHeader({ alg: "RS256", kid: "k" }).sign(key);
}

test("a function gets the event of payload format 2.0", async () => {
  const url = await startGateway();
  const response = await fetch(`${url}/echo/a%20b?x=1&x=2&y=%C3%A9`, {
    method: "POST",
    headers: { "Content-Type": "application/json", "X-Upper": "Value", cookie: "a=1; b=2" },
    body: '{"é":1}',
  });
  expect(response.status).toBe(200);
  expect(await response.json()).toMatchObject({
    version: "2.0",
    routeKey: "POST /echo/{id}",
    rawPath: "/echo/a%20b",
    rawQueryString: "x=1&x=2&y=%C3%A9",
    cookies: ["a=1", "b=2"],
    headers: { "content-type": "application/json", "x-upper": "Value" },
    queryStringParameters: { x: "1,2", y: "é" },
    pathParameters: { id: "a b" },
    requestContext: { apiId: "api1", stage: "$default", http: { method: "POST", path: "/echo/a%20b" } },
    body: '{"é":1}',
    isBase64Encoded: false,
  });
});

test("a binary body arrives in base64", async () => {
  const url = await startGateway();
  const body = new Uint8Array([0, 255, 128]);
  const response = await fetch(`${url}/echo/1`, {
    method: "POST",
    headers: { "content-type": "application/octet-stream" },
    body,
  });
  expect(await response.json()).toMatchObject({ body: "AP+A", isBase64Encoded: true });
});

test("a function may set status, headers and cookies, and answer bytes", async () => {
  const url = await startGateway();
  const structured = await fetch(`${url}/how/structured`);
  expect(structured.status).toBe(201);
  expect(structured.headers.get("x-made")).toBe("yes");
  expect(structured.headers.getSetCookie()).toEqual(["a=1; Path=/", "b=2"]);
  const binary = await fetch(`${url}/how/binary`);
  expect(new Uint8Array(await binary.arrayBuffer())).toEqual(new Uint8Array([1, 2, 255]));
});

test("a function that fails is a 500, one that is too slow a 503, and neither tells why", async () => {
  const url = await startGateway();
  const failed = await fetch(`${url}/how/throw`);
  expect([failed.status, await failed.json()]).toEqual([500, { message: "Internal Server Error" }]);
  const slow = await fetch(`${url}/slow`);
  expect([slow.status, await slow.json()]).toEqual([503, { message: "Service Unavailable" }]);
});

test("claims of a valid token reach the function as text", async () => {
  const url = await startGateway();
  const authorization = `Bearer ${await token({ "cognito:groups": ["admin", "viewer"], email_verified: true })}`;
  const event = await (await fetch(`${url}/mine`, { headers: { authorization } })).json();
  expect((event as { requestContext: { authorizer: object } }).requestContext.authorizer).toMatchObject({
    jwt: { claims: { sub: "u", aud: "client", "cognito:groups": "[admin viewer]", email_verified: "true" } },
  });
});

test.each<[string, () => Promise<string | undefined>]>([
  ["no token", async () => undefined],
  ["no JWT", async () => "Bearer nonsense"],
  ["a token of another signer", () => token({}, other.privateKey)],
  ["a token of another issuer", () => token({ iss: "https://example.com" })],
  ["a token for another audience", () => token({ aud: "elsewhere" })],
  ["an expired token", () => token({ exp: Math.floor(Date.now() / 1000) - 1 })],
  ["a token that is not valid yet", () => token({ nbf: Math.floor(Date.now() / 1000) + 60 })],
  ["a token for another use", () => token({ token_use: "refresh" })],
  [
    "an unsigned token",
    async () =>
      `${Buffer.from('{"alg":"none"}').toString("base64url")}.${Buffer.from(JSON.stringify({ iss: issuer, aud: "client", exp: 9e9, iat: 1 })).toString("base64url")}.`,
  ],
])("%s lets nobody in", async (_what, make) => {
  const url = await startGateway();
  const given = await make();
  const response = await fetch(`${url}/mine`, given === undefined ? {} : { headers: { authorization: given } });
  expect([response.status, await response.json()]).toEqual([401, { message: "Unauthorized" }]);
});

test("pages of an allowed origin may read answers; a preflight says what they may send", async () => {
  const url = await startGateway();
  const origin = "http://127.0.0.1:4400";
  const read = await fetch(`${url}/mine`, { headers: { origin } });
  expect(read.headers.get("access-control-allow-origin")).toBe(origin);
  const foreign = await fetch(`${url}/mine`, { headers: { origin: "http://evil.example" } });
  expect(foreign.headers.get("access-control-allow-origin")).toBeNull();
  const ask = (method: string, headers: string) =>
    fetch(`${url}/mine`, {
      method: "OPTIONS",
      headers: { origin, "access-control-request-method": method, "access-control-request-headers": headers },
    });
  const allowed = await ask("GET", "authorization");
  expect(allowed.status).toBe(204);
  expect(allowed.headers.get("access-control-allow-methods")).toBe("GET,POST");
  expect(allowed.headers.get("access-control-max-age")).toBe("3600");
  expect((await ask("PUT", "authorization")).headers.get("access-control-allow-origin")).toBeNull();
  expect((await ask("GET", "x-other")).headers.get("access-control-allow-origin")).toBeNull();
});

test("more requests than the stage allows are told to wait", async () => {
  const url = await startGateway({ throttle: { ratePerSecond: 0.001, burst: 2 } });
  const statuses = [];
  for (let request = 0; request < 3; request++) statuses.push((await fetch(`${url}/how/structured`)).status);
  expect(statuses).toEqual([201, 201, 429]);
});

test("a body over 10 MB is refused, as is one over what a function takes", async () => {
  const url = await startGateway();
  const send = (bytes: number) => fetch(`${url}/echo/1`, { method: "POST", body: "x".repeat(bytes) });
  expect((await send(6.5 * 1024 * 1024)).status).toBe(413);
});

test("after a body that was too large, the next request is answered", async () => {
  const url = await startGateway();
  for (let round = 0; round < 3; round += 1) {
    const refused = await fetch(`${url}/echo/a`, { method: "POST", body: Buffer.alloc(11 * 1024 * 1024) });
    expect(refused.headers.get("connection")).toBe("close");
    await refused.text();
    expect((await fetch(`${url}/echo/a`, { method: "POST", body: "{}" })).status).toBe(200);
  }
});

test("what nobody serves is not found", async () => {
  const url = await startGateway();
  expect((await fetch(`${url}/../secret`)).status).toBe(404);
});
