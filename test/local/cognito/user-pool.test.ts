import { ListUsersCommand } from "@aws-sdk/client-cognito-identity-provider";
import { CognitoUserAttribute } from "amazon-cognito-identity-js";
import { createLocalJWKSet, createRemoteJWKSet, decodeJwt, jwtVerify } from "jose";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { TriggerEvent } from "../../../local/cognito/triggers.ts";
import { attributeOf } from "./fixtures/calls.ts";
import { clientId, poolId, region } from "./fixtures/definition.ts";
import { type PoolServer, startPoolServer } from "./fixtures/pool-server.ts";
import { Portal, promised, viaCallbacks } from "./fixtures/portal.ts";

const issuer = `https://cognito-idp.${region}.amazonaws.com/${poolId}`;
const triggerEvents: TriggerEvent[] = [];
let server: PoolServer;

beforeAll(async () => {
  server = await startPoolServer({
    pool: { LambdaConfig: { PostConfirmation: `arn:aws:lambda:${region}:000000000000:function:post-confirmation` } },
    invokeTrigger: async (_, event) => {
      triggerEvents.push(event);
      return event;
    },
  });
});

afterAll(() => server[Symbol.asyncDispose]());

async function register(email: string, password: string): Promise<Portal> {
  const portal = new Portal(server.endpoint);
  await portal.signUp(email, password);
  await portal.confirm(email, server.lastSecret(email));
  return portal;
}

describe("amazon-cognito-identity-js, unmodified, against the local user pool", () => {
  it("signs up, confirms by the mailed code and signs in by SRP", async () => {
    const portal = new Portal(server.endpoint);
    const registered = await portal.signUp("Ada@Example.org", "Correct horse 1", { name: "Ada" });
    expect(registered).toMatchObject({
      userConfirmed: false,
      codeDeliveryDetails: { Destination: "a***@e***", DeliveryMedium: "EMAIL", AttributeName: "email" },
    });
    const message = server.messages.at(-1);
    expect(message).toMatchObject({ kind: "confirm-sign-up", to: "Ada@Example.org", subject: "Verify your address" });
    expect(message?.body).toMatch(/^Your code is \d{6}$/);
    await expect(portal.signIn("ada@example.org", "Correct horse 1")).rejects.toMatchObject({
      code: "UserNotConfirmedException",
    });

    await portal.confirm("ada@example.org", server.lastSecret("Ada@Example.org"));
    expect(triggerEvents.at(-1)).toEqual({
      version: "1",
      triggerSource: "PostConfirmation_ConfirmSignUp",
      region,
      userPoolId: poolId,
      userName: registered.userSub,
      callerContext: { awsSdkVersion: expect.any(String), clientId },
      request: {
        userAttributes: {
          sub: registered.userSub,
          email: "Ada@Example.org",
          email_verified: "true",
          name: "Ada",
          "cognito:user_status": "CONFIRMED",
          "cognito:email_alias": "Ada@Example.org",
        },
      },
      response: {},
    });

    const { session } = await portal.signIn("ADA@example.org", "Correct horse 1");
    const keys = createRemoteJWKSet(new URL(`${server.endpoint}${poolId}/.well-known/jwks.json`));
    const id = await jwtVerify(session.getIdToken().getJwtToken(), keys, { issuer, audience: clientId });
    expect(id.protectedHeader).toEqual({ alg: "RS256", kid: server.pool.jwks().keys[0]?.kid });
    expect(id.payload).toMatchObject({
      sub: registered.userSub,
      "cognito:username": registered.userSub,
      token_use: "id",
      email: "Ada@Example.org",
      email_verified: true,
      name: "Ada",
      origin_jti: expect.any(String),
      event_id: expect.any(String),
      jti: expect.any(String),
      auth_time: expect.any(Number),
    });
    expect(Number(id.payload.exp) - Number(id.payload.iat)).toBe(30 * 60);
    const access = await jwtVerify(session.getAccessToken().getJwtToken(), keys, { issuer });
    expect(access.payload).toMatchObject({
      sub: registered.userSub,
      username: registered.userSub,
      client_id: clientId,
      token_use: "access",
      scope: "aws.cognito.signin.user.admin",
      origin_jti: id.payload.origin_jti,
    });
    expect(Number(access.payload.exp) - Number(access.payload.iat)).toBe(60 * 60);
    expect(JSON.stringify(access.payload)).not.toContain("example.org");
  });

  it("refreshes the session with new tokens of the same sign-in", async () => {
    const portal = await register("refresh@example.org", "Correct horse 2");
    const { user, session } = await portal.signIn("refresh@example.org", "Correct horse 2");
    const refreshed = await promised<typeof session>((done) => user.refreshSession(session.getRefreshToken(), done));
    const before = decodeJwt(session.getIdToken().getJwtToken());
    const after = decodeJwt(refreshed.getIdToken().getJwtToken());
    expect(after.jti).not.toBe(before.jti);
    expect(after).toMatchObject({ origin_jti: before.origin_jti, auth_time: before.auth_time, sub: before.sub });
    expect(refreshed.getRefreshToken().getToken()).toBe(session.getRefreshToken().getToken());
    const found = portal.currentUser();
    expect(found?.getUsername()).toBe(before.sub);
  });

  it("changes the password for the former one only", async () => {
    const portal = await register("change@example.org", "Correct horse 3");
    const { user } = await portal.signIn("change@example.org", "Correct horse 3");
    const change = (from: string, to: string) => promised((done) => user.changePassword(from, to, done));
    await expect(change("Wrong horse 33", "Better horse 3")).rejects.toMatchObject({ code: "NotAuthorizedException" });
    await expect(change("Correct horse 3", "short")).rejects.toMatchObject({ code: "InvalidPasswordException" });
    await change("Correct horse 3", "Better horse 3");
    await expect(portal.signIn("change@example.org", "Correct horse 3")).rejects.toMatchObject({
      code: "NotAuthorizedException",
      message: "Incorrect username or password.",
    });
    await portal.signIn("change@example.org", "Better horse 3");
  });

  it("sets a forgotten password by the mailed code, once", async () => {
    const portal = await register("forgot@example.org", "Correct horse 4");
    const user = portal.user("forgot@example.org");
    const sent = await viaCallbacks<{ CodeDeliveryDetails: unknown }>((callbacks) => user.forgotPassword(callbacks));
    expect(sent.CodeDeliveryDetails).toEqual({
      Destination: "f***@e***",
      DeliveryMedium: "EMAIL",
      AttributeName: "email",
    });
    expect(server.messages.at(-1)?.kind).toBe("reset-password");
    const code = server.lastSecret("forgot@example.org");
    const set = (password: string) => viaCallbacks((callbacks) => user.confirmPassword(code, password, callbacks));
    await expect(set("weak")).rejects.toMatchObject({ code: "InvalidPasswordException" });
    await set("Remembered horse 4");
    await expect(set("Another horse 4")).rejects.toMatchObject({ code: "ExpiredCodeException" });
    expect(triggerEvents.at(-1)?.triggerSource).toBe("PostConfirmation_ConfirmForgotPassword");
    await portal.signIn("forgot@example.org", "Remembered horse 4");
  });

  it("ends every session at a global sign-out", async () => {
    const portal = await register("everywhere@example.org", "Correct horse 5");
    const other = new Portal(server.endpoint);
    const here = await portal.signIn("everywhere@example.org", "Correct horse 5");
    const there = await other.signIn("everywhere@example.org", "Correct horse 5");
    await viaCallbacks((callbacks) => here.user.globalSignOut(callbacks));
    await expect(promised((done) => there.user.getUserAttributes(done))).rejects.toMatchObject({
      code: "NotAuthorizedException",
      message: "Access Token has been revoked",
    });
    const again = await portal.signIn("everywhere@example.org", "Correct horse 5");
    await promised((done) => again.user.getUserAttributes(done));
  });

  it("revokes the tokens of one browser at sign-out and leaves the other signed in", async () => {
    const portal = await register("one-browser@example.org", "Correct horse 6");
    const other = new Portal(server.endpoint);
    const here = await portal.signIn("one-browser@example.org", "Correct horse 6");
    const there = await other.signIn("one-browser@example.org", "Correct horse 6");
    await new Promise<void>((resolve, reject) =>
      here.user.signOut((error?: Error) => (error ? reject(error) : resolve())),
    );
    expect(portal.currentUser()).toBeNull();
    await promised((done) => there.user.getUserAttributes(done));
    const target = "AWSCognitoIdentityProviderService.GetUser";
    const spent = server.pool.handle(target, { AccessToken: here.session.getAccessToken().getJwtToken() });
    await expect(spent).rejects.toMatchObject({ type: "NotAuthorizedException" });
  });

  it("lets a user write what the client may write, and no workspace", async () => {
    const portal = await register("attributes@example.org", "Correct horse 7");
    const { user } = await portal.signIn("attributes@example.org", "Correct horse 7");
    const write = (Name: string, Value: string) =>
      promised((done) => user.updateAttributes([new CognitoUserAttribute({ Name, Value })], done));
    await write("name", "Grace");
    for (const [name, value] of [
      ["custom:workspace", "w-someone-else"],
      ["email_verified", "true"],
      ["sub", "00000000-0000-4000-8000-000000000000"],
    ] as const) {
      await expect(write(name, value)).rejects.toMatchObject({
        code: "NotAuthorizedException",
        message: "A client attempted to write unauthorized attribute",
      });
    }
    await expect(
      new Portal(server.endpoint).signUp("mallory@example.org", "Correct horse 8", { "custom:workspace": "w-victim" }),
    ).rejects.toMatchObject({ code: "NotAuthorizedException" });
    const attributes = await promised<CognitoUserAttribute[]>((done) => user.getUserAttributes(done));
    expect(attributes.map(({ Name, Value }) => [Name, Value])).toEqual([
      ["sub", expect.any(String)],
      ["email", "attributes@example.org"],
      ["email_verified", "true"],
      ["name", "Grace"],
    ]);
  });

  it("keeps the former address until the new one is verified", async () => {
    const portal = await register("former@example.org", "Correct horse 9");
    const { user } = await portal.signIn("former@example.org", "Correct horse 9");
    const address = new CognitoUserAttribute({ Name: "email", Value: "new@example.org" });
    await promised((done) => user.updateAttributes([address], done));
    await portal.signIn("former@example.org", "Correct horse 9");
    await viaCallbacks((callbacks) => user.verifyAttribute("email", server.lastSecret("new@example.org"), callbacks));
    await portal.signIn("new@example.org", "Correct horse 9");
    const found = await server.sdk.send(
      new ListUsersCommand({ UserPoolId: poolId, Filter: 'email = "former@example.org"' }),
    );
    expect(found.Users).toEqual([]);
    const moved = await server.sdk.send(
      new ListUsersCommand({ UserPoolId: poolId, Filter: 'email = "NEW@example.org"' }),
    );
    expect(attributeOf(moved.Users?.[0]?.Attributes, "email_verified")).toBe("true");
  });

  it("deletes a user who asks for it", async () => {
    const portal = await register("leaving@example.org", "Correct horse 10");
    const { user } = await portal.signIn("leaving@example.org", "Correct horse 10");
    await promised((done) => user.deleteUser(done));
    await expect(portal.signIn("leaving@example.org", "Correct horse 10")).rejects.toMatchObject({
      code: "NotAuthorizedException",
    });
    await register("leaving@example.org", "Correct horse 10");
  });

  it("refuses a second account of the same address in another spelling of its case", async () => {
    await register("twice@example.org", "Correct horse 11");
    await expect(new Portal(server.endpoint).signUp("TWICE@Example.org", "Correct horse 11")).rejects.toMatchObject({
      code: "UsernameExistsException",
    });
  });

  it.each(["pässwörd Und 9!", "  ", "密码 Passwort-123", "🐎 Correct battery 7 🔋"])(
    "signs in with a password in any script, if the policy takes it: %s",
    async (password) => {
      const email = `unicode-${Buffer.from(password).toString("hex")}@example.org`;
      if (password.trim() === "") {
        await expect(register(email, password)).rejects.toMatchObject({ code: "InvalidParameterException" });
        return;
      }
      const portal = await register(email, password);
      await portal.signIn(email, password);
      await expect(portal.signIn(email, `${password}x`)).rejects.toMatchObject({ code: "NotAuthorizedException" });
    },
  );

  it("publishes keys that verify its tokens and nothing secret", async () => {
    const { keys } = server.pool.jwks();
    expect(Object.keys(keys[0] ?? {}).sort()).toEqual(["alg", "e", "kid", "kty", "n", "use"]);
    expect(createLocalJWKSet({ keys: [...keys] })).toBeTypeOf("function");
    const response = await fetch(`${server.endpoint}${poolId}/.well-known/openid-configuration`);
    expect(await response.json()).toMatchObject({ issuer, jwks_uri: `${issuer}/.well-known/jwks.json` });
  });

  it("leaves no failure behind that is not the caller's", () => {
    expect(server.failures).toEqual([]);
  });
});
