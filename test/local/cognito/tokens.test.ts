import { generateKeyPairSync } from "node:crypto";
import {
  AdminAddUserToGroupCommand,
  AdminDisableUserCommand,
  AdminUpdateUserAttributesCommand,
  AdminUserGlobalSignOutCommand,
  GetTokensFromRefreshTokenCommand,
  GetUserCommand,
  GlobalSignOutCommand,
  InitiateAuthCommand,
  RevokeTokenCommand,
} from "@aws-sdk/client-cognito-identity-provider";
import { decodeJwt, decodeProtectedHeader, SignJWT } from "jose";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { addUser, tokensOf } from "./fixtures/calls.ts";
import { clientId, poolId } from "./fixtures/definition.ts";
import { type PoolServer, startPoolServer } from "./fixtures/pool-server.ts";
import { SrpClient } from "./fixtures/srp-client.ts";

const password = "Correct horse 1";
let now = Date.UTC(2026, 0, 1);
let server: PoolServer;

beforeAll(async () => {
  server = await startPoolServer({ clock: () => now });
});

afterAll(() => server[Symbol.asyncDispose]());

async function signedIn(email: string, at: PoolServer = server) {
  await addUser(at, email, password);
  return tokensOf(await new SrpClient(at.sdk, () => now).signIn(email, password));
}

function refresh(token: string) {
  return server.sdk.send(
    new InitiateAuthCommand({
      AuthFlow: "REFRESH_TOKEN_AUTH",
      ClientId: clientId,
      AuthParameters: { REFRESH_TOKEN: token },
    }),
  );
}

const whoAmI = (AccessToken: string) => server.sdk.send(new GetUserCommand({ AccessToken }));

describe("Tokens", () => {
  it("carry groups in the order of their precedence, and the workspace", async () => {
    const email = "groups@example.org";
    const { refreshToken } = await signedIn(email);
    for (const GroupName of ["viewer", "admin", "operator"]) {
      await server.sdk.send(new AdminAddUserToGroupCommand({ UserPoolId: poolId, Username: email, GroupName }));
    }
    await server.sdk.send(
      new AdminUpdateUserAttributesCommand({
        UserPoolId: poolId,
        Username: email,
        UserAttributes: [{ Name: "custom:workspace", Value: "w-abcdefghij" }],
      }),
    );
    const { accessToken, idToken } = tokensOf(await refresh(refreshToken));
    expect(decodeJwt(idToken)).toMatchObject({
      "cognito:groups": ["admin", "operator", "viewer"],
      "custom:workspace": "w-abcdefghij",
    });
    expect(decodeJwt(accessToken)).toMatchObject({ "cognito:groups": ["admin", "operator", "viewer"] });
    expect(decodeJwt(accessToken)).not.toHaveProperty("custom:workspace");
  });

  it("end when they say", async () => {
    const { accessToken, refreshToken } = await signedIn("ends@example.org");
    now += 3600_000 - 1000;
    await whoAmI(accessToken);
    now += 1000;
    await expect(whoAmI(accessToken)).rejects.toMatchObject({ message: "Access Token has expired" });
    now += 7 * 86_400_000 - 3600_000 - 1;
    const late = tokensOf(await refresh(refreshToken));
    now += 1;
    await expect(refresh(refreshToken)).rejects.toMatchObject({ message: "Refresh Token has expired" });
    await whoAmI(late.accessToken);
  });

  it("are refused when anything in them was changed", async () => {
    const { accessToken, idToken } = await signedIn("tampered@example.org");
    const [header = "", payload = "", signature = ""] = accessToken.split(".");
    const claims = { ...decodeJwt(accessToken), username: "somebody" };
    const changed = Buffer.from(JSON.stringify(claims)).toString("base64url");
    const stranger = generateKeyPairSync("rsa", { modulusLength: 2048 }).privateKey;
    const { kid } = decodeProtectedHeader(accessToken);
    const forged = await new SignJWT(decodeJwt(accessToken))
      .setProtectedHeader({ alg: "RS256", ...(kid === undefined ? {} : { kid }) })
      .sign(stranger);
    const unsigned = Buffer.from(JSON.stringify({ alg: "none" })).toString("base64url");
    const flipped = `${signature.startsWith("A") ? "B" : "A"}${signature.slice(1)}`;
    for (const token of [
      `${header}.${changed}.${signature}`,
      `${header}.${payload}.${flipped}`,
      `${unsigned}.${payload}.`,
      forged,
      idToken,
      "nonsense",
    ]) {
      await expect(whoAmI(token)).rejects.toMatchObject({ name: "NotAuthorizedException" });
    }
    await whoAmI(accessToken);
  });

  it("end with the refresh token that is revoked, and only they", async () => {
    const email = "revoked@example.org";
    const here = await signedIn(email);
    const there = tokensOf(await new SrpClient(server.sdk, () => now).signIn(email, password));
    const renewed = tokensOf(await refresh(here.refreshToken));
    await server.sdk.send(new RevokeTokenCommand({ ClientId: clientId, Token: here.refreshToken }));
    await expect(refresh(here.refreshToken)).rejects.toMatchObject({
      name: "NotAuthorizedException",
      message: "Refresh Token has been revoked",
    });
    await expect(whoAmI(here.accessToken)).rejects.toMatchObject({ message: "Access Token has been revoked" });
    await expect(whoAmI(renewed.accessToken)).rejects.toMatchObject({ message: "Access Token has been revoked" });
    await whoAmI(there.accessToken);
    await server.sdk.send(new RevokeTokenCommand({ ClientId: clientId, Token: here.refreshToken }));
    await expect(
      server.sdk.send(new RevokeTokenCommand({ ClientId: clientId, Token: there.accessToken })),
    ).rejects.toMatchObject({ name: "UnsupportedTokenTypeException" });
  });

  it.each([
    [
      "signs the user out",
      () => new AdminUserGlobalSignOutCommand({ UserPoolId: poolId, Username: "out@example.org" }),
    ],
    ["disables the user", () => new AdminDisableUserCommand({ UserPoolId: poolId, Username: "out@example.org" })],
  ])("all end when an administrator %s", async (_, command) => {
    await using own = await startPoolServer({ clock: () => now });
    const { accessToken } = await signedIn("out@example.org", own);
    await own.sdk.send(command() as AdminDisableUserCommand);
    await expect(own.sdk.send(new GetUserCommand({ AccessToken: accessToken }))).rejects.toMatchObject({
      name: "NotAuthorizedException",
    });
  });

  it("all end, and are renewed no more, when the user signs out everywhere", async () => {
    await using own = await startPoolServer({ clock: () => now });
    const here = await signedIn("everywhere@example.org", own);
    await own.sdk.send(new GlobalSignOutCommand({ AccessToken: here.accessToken }));
    await expect(own.sdk.send(new GetUserCommand({ AccessToken: here.accessToken }))).rejects.toMatchObject({
      name: "NotAuthorizedException",
    });
    const renewal = new GetTokensFromRefreshTokenCommand({ ClientId: clientId, RefreshToken: here.refreshToken });
    await expect(own.sdk.send(renewal)).rejects.toMatchObject({ name: "NotAuthorizedException" });
  });

  it("rotate where the client says so: the former refresh token lives out its grace, then tells of its reuse", async () => {
    await using rotating = await startPoolServer({
      clock: () => now,
      client: {
        ExplicitAuthFlows: ["ALLOW_USER_SRP_AUTH"],
        RefreshTokenRotation: { Feature: "ENABLED", RetryGracePeriodSeconds: 10 },
      },
    });
    const first = await signedIn("rotate@example.org", rotating);
    const rotate = (RefreshToken: string) =>
      rotating.sdk.send(new GetTokensFromRefreshTokenCommand({ ClientId: clientId, RefreshToken }));
    const second = tokensOf(await rotate(first.refreshToken));
    expect(second.refreshToken).not.toBe(first.refreshToken);
    now += 9_999;
    await rotate(first.refreshToken);
    now += 10_001;
    await expect(rotate(first.refreshToken)).rejects.toMatchObject({ name: "RefreshTokenReuseException" });
  });

  it("are not to be had for a made-up refresh token", async () => {
    await expect(refresh("made-up")).rejects.toMatchObject({ message: "Invalid Refresh Token" });
  });
});
