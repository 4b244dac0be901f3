import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createCognitoDispatcher } from "../../../local/cognito/dispatcher.ts";
import { isPublic, operationOf, requiredPermission } from "../../../local/cognito/permissions.ts";
import { call } from "./fixtures/calls.ts";
import { clientId, poolId } from "./fixtures/definition.ts";
import { type PoolServer, startPoolServer } from "./fixtures/pool-server.ts";

let server: PoolServer;

beforeAll(async () => {
  server = await startPoolServer();
});

afterAll(() => server[Symbol.asyncDispose]());

describe("The dispatcher", () => {
  it("answers errors as Cognito does, also in headers that a page may read", async () => {
    const { status, headers, body } = await call(server, "SignUp", {
      ClientId: clientId,
      Username: "weak@example.org",
      Password: "weak-pässword",
    });
    expect(status).toBe(400);
    expect(body).toEqual({
      __type: "InvalidPasswordException",
      message: "Password did not conform with policy: Password must have uppercase characters",
    });
    expect(headers.get("x-amzn-errortype")).toBe("InvalidPasswordException:");
    expect(headers.get("content-type")).toBe("application/x-amz-json-1.1");
    expect(headers.get("access-control-allow-origin")).toBe("*");
    expect(headers.get("access-control-expose-headers")).toContain("x-amzn-ErrorType");
  });

  it("lets a browser ask first", async () => {
    const response = await fetch(server.endpoint, {
      method: "OPTIONS",
      headers: {
        origin: "http://localhost:5173",
        "access-control-request-method": "POST",
        "access-control-request-headers": "Content-Type, X-Amz-Target, x-amz-user-agent, <script>",
      },
    });
    expect(response.status).toBe(200);
    expect(response.headers.get("access-control-allow-methods")).toContain("POST");
    expect(response.headers.get("access-control-allow-headers")).toBe("content-type,x-amz-target,x-amz-user-agent");
  });

  it.each([
    ["another client", "InitiateAuth", { ClientId: "other", AuthFlow: "USER_SRP_AUTH" }, "ResourceNotFoundException"],
    ["another pool", "ListUsers", { UserPoolId: "eu-central-1_Other" }, "ResourceNotFoundException"],
    ["no client", "SignUp", {}, "InvalidParameterException"],
    ["no password", "SignUp", { ClientId: clientId, Username: "a@b.c" }, "InvalidParameterException"],
    ["a number for a name", "SignUp", { ClientId: clientId, Username: 7 }, "InvalidParameterException"],
    [
      "a name that is no address",
      "SignUp",
      { ClientId: clientId, Username: "ada", Password: "x" },
      "InvalidParameterException",
    ],
    ["a token that is none", "GetUser", { AccessToken: "a.b.c" }, "NotAuthorizedException"],
    ["an unserved call", "AdminLinkProviderForUser", {}, "UnknownOperationException"],
    [
      "an unserved flow",
      "InitiateAuth",
      { ClientId: clientId, AuthFlow: "CUSTOM_AUTH" },
      "UnsupportedOperationException",
    ],
  ])("refuses %s", async (_, operation, input, type) => {
    expect((await call(server, operation, input)).body.__type).toBe(type);
  });

  it.each([
    ["no JSON", "{"],
    ["no object", "[]"],
    ["too much", JSON.stringify({ ClientId: "x".repeat(300_000) })],
  ])("refuses %s", async (_, body) => {
    const failures: unknown[] = [];
    const dispatcher = createCognitoDispatcher([server.pool], (error) => failures.push(error));
    const answer = await dispatcher.dispatch({ target: "AWSCognitoIdentityProviderService.SignUp", body });
    expect(JSON.parse(answer.body)).toMatchObject({ __type: "SerializationException" });
    expect(failures).toEqual([]);
  });

  it("tells what went wrong inside to its owner, and nothing of it to the caller", async () => {
    const failures: unknown[] = [];
    const broken = { ...server.pool, handle: () => Promise.reject(new Error("ENOSPC: no space left")) };
    const dispatcher = createCognitoDispatcher([broken], (error) => failures.push(error));
    const body = JSON.stringify({ ClientId: clientId });
    const answer = await dispatcher.dispatch({ target: "AWSCognitoIdentityProviderService.SignUp", body });
    expect(answer.status).toBe(500);
    expect(answer.body).toBe('{"__type":"InternalErrorException","message":"Something went wrong"}');
    expect(failures).toHaveLength(1);
  });

  it("knows no other documents than the two", () => {
    const dispatcher = createCognitoDispatcher([server.pool], () => undefined);
    expect(dispatcher.wellKnown(`/${poolId}/.well-known/jwks.json`)?.status).toBe(200);
    for (const path of ["/", `/${poolId}/.well-known/keys.json`, "/other/.well-known/jwks.json", "/../keys.json"]) {
      expect(dispatcher.wellKnown(path)).toBeUndefined();
    }
  });
});

describe("Permissions", () => {
  it("name the action and the pool of a signed call", () => {
    const account = { region: "eu-central-1", accountId: "000000000000" };
    expect(requiredPermission("AdminGetUser", { UserPoolId: poolId, Username: "a" }, account)).toEqual({
      action: "cognito-idp:AdminGetUser",
      resource: `arn:aws:cognito-idp:eu-central-1:000000000000:userpool/${poolId}`,
    });
  });

  it("are not asked for public calls", () => {
    expect(isPublic("InitiateAuth")).toBe(true);
    expect(isPublic("GetUser")).toBe(true);
    expect(isPublic("AdminGetUser")).toBe(false);
    expect(isPublic("Unheard")).toBe(false);
    expect(operationOf("AWSCognitoIdentityProviderService.SignUp")).toBe("SignUp");
    expect(operationOf("DynamoDB_20120810.GetItem")).toBeUndefined();
  });
});
